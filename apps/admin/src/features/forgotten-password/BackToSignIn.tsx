import { useEffect, useRef } from 'react';
import { Link } from '@tanstack/react-router';
import { Button } from '@latchkey/ui';

/** Leads to the sign-in, once there is nothing else to do. It takes the focus: what had it is gone from the page. */
export function BackToSignIn({ label }: { readonly label: string }) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => link.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Button asChild variant="primary">
      <Link ref={link} to="/sign-in" replace>
        {label}
      </Link>
    </Button>
  );
}
