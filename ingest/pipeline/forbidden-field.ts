// Data of class C3 (JR/T 0171): what proves who somebody is. The feed has no use for it, so it is refused, and a line that carries it
// is not even kept in quarantine.

const FORBIDDEN: ReadonlySet<string> = new Set(
  'password passwd pwd loginpassword paymentpassword paypassword pin pinblock pincode cvv cvv2 cvn cvn2 cvc cvc2 track track1 track2 track3 trackdata magstripe cardexpiry expirydate biometric biometrics fingerprint faceprint facedata faceimage iris voiceprint otp smscode smscaptcha verificationcode dynamiccode totp token2fa secretanswer privatekey'.split(
    ' ',
  ),
);

/** Case, hyphens and underscores make no difference: "PIN-Block" is "pinblock". */
export function forbiddenField(name: string): boolean {
  return FORBIDDEN.has(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

/** Whether text that need not be JSON names such a field, as a JSON key or an XML element. */
export function namesForbiddenField(text: string): boolean {
  for (const [, key, element] of text.matchAll(/["']([\w. -]{2,40})["']\s*:|<(?:\w+:)?([\w.-]{2,40})[\s>]/g)) {
    if (forbiddenField(key ?? element ?? '')) return true;
  }
  return false;
}
