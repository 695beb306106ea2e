import type { Institution, InstitutionRegister } from './institution-register';
import { type Refusal, refuse } from './refusal';

export function resolveCode(register: InstitutionRegister, code: string, field: string): Institution | Refusal {
  return register.institution(code) ?? refuse('institution-unknown', field, `No institution is registered as ${code}.`);
}
