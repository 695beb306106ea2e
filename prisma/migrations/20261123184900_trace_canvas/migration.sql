-- Pictures of traces whose steps are too long for an address. The id is a digest of the steps: a row never changes.
create table trace_canvas (
  id        text primary key,
  steps     text not null,
  kept_by   uuid not null references app_user (id),
  kept_at   timestamptz not null default clock_timestamp(),
  constraint trace_canvas_id check (id ~ '^[A-Za-z0-9_-]{22}$'),
  constraint trace_canvas_steps check (length(steps) <= 400000)
);
