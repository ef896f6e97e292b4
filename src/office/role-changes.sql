-- Of a role that was changed, what it said before and says no longer, for the audit trail.
CREATE OR REPLACE FUNCTION role_changes(held officer_role, given officer_role) RETURNS jsonb
LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_object_agg(e.key, e.value), '{}') FROM jsonb_each(role_values(held)) e
  WHERE e.value IS DISTINCT FROM role_values(given)->e.key
$$;
