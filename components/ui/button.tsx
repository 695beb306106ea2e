import type { ComponentProps } from 'react';

type ButtonProps = ComponentProps<'button'> & {
  /** main: the one action a page is for. quiet: no edge. icon: square, give it an aria-label. */
  readonly look?: 'plain' | 'main' | 'quiet' | 'icon' | 'quiet-icon';
};

const CLASSES = { plain: 'btn', main: 'btn main', quiet: 'btn quiet', icon: 'btn icon', 'quiet-icon': 'btn quiet icon' } as const;

export function Button({ look = 'plain', className, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={className ? `${CLASSES[look]} ${className}` : CLASSES[look]} {...rest} />;
}
