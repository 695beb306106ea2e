-- The audit log as a Merkle tree (RFC 9162): the monitor numbers committed rows in the order of their transactions, without gaps, and
-- signs what the tree comes to. All of it stays on the coordinator of a cluster.

-- xid orders rows by the moment they became visible, as feed_batch does. The salt lets what a row tells be erased lawfully later: the leaf
-- holds only a commitment to it.
alter table audit_event
  add column xid xid8 not null default pg_current_xact_id(),
  add column salt uuid not null default gen_random_uuid();
create index audit_event_by_xid on audit_event (xid, id);
create index audit_event_by_actor on audit_event (actor_id, id);
create index audit_event_by_action on audit_event (action, id);

-- A database has one tree; the name tells it from the tree of another database under the same key.
create table audit_tree (
  id                uuid primary key default gen_random_uuid(),
  is_only           boolean not null default true unique check (is_only)
);
insert into audit_tree default values;

create table audit_leaf (
  leaf_index        bigint primary key,
  event_id          bigint not null unique references audit_event (id),
  xid               xid8 not null,
  leaf_hash         bytea not null check (length(leaf_hash) = 32)
);
-- Hashes of complete subtrees above the leaves: a proof reads as many of them as the tree is high.
create table audit_node (
  level             integer not null check (level > 0),
  node_index        bigint not null,
  node_hash         bytea not null check (length(node_hash) = 32),
  primary key (level, node_index)
);
create table audit_checkpoint (
  tree_size         bigint primary key,
  root_hash         bytea not null check (length(root_hash) = 32),
  at                timestamptz not null,
  -- Canonical JSON with its signature, as it is handed out.
  document          text not null
);

create trigger audit_tree_append_only before update or delete on audit_tree for each row execute function refuse_audit_change();
create trigger audit_tree_no_truncate before truncate on audit_tree for each statement execute function refuse_audit_change();
create trigger audit_leaf_append_only before update or delete on audit_leaf for each row execute function refuse_audit_change();
create trigger audit_leaf_no_truncate before truncate on audit_leaf for each statement execute function refuse_audit_change();
create trigger audit_node_append_only before update or delete on audit_node for each row execute function refuse_audit_change();
create trigger audit_node_no_truncate before truncate on audit_node for each statement execute function refuse_audit_change();
create trigger audit_checkpoint_append_only before update or delete on audit_checkpoint for each row execute function refuse_audit_change();
create trigger audit_checkpoint_no_truncate before truncate on audit_checkpoint for each statement execute function refuse_audit_change();
