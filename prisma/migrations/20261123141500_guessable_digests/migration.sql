-- Beside a line whose account numbers are masked, the digest of the whole line would give them away to whoever tries all.
update quarantined_line
set body_digest = sha256(body),
  detail = regexp_replace(detail, '[0-9a-f]{64}', '…', 'g')
where position('****'::bytea in body) > 0;
