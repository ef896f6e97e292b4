-- What is read before a signature is verified: whether a pledge of the person stands, the times, and the passkey that was named, NULL
-- if there is none; no row if there is no such person. `dated`: of an entry that is made now, never before the last one, whatever the
-- clock says. The last one is found from the end of the index: joined by its number, the ledger was read whole wherever the plan
-- was as old as its first entries. A set, so that the keeper's statement takes it in.
CREATE OR REPLACE FUNCTION before_signature(who_id uuid, passkey_id bytea) RETURNS TABLE (
  now text, dated text, signed boolean, kegiatan_id text, spki bytea, kunci bytea, user_handle bytea, backup_eligible boolean)
LANGUAGE sql STABLE AS $$
  SELECT ikrar_time(now()),
    ikrar_time(greatest(now(), (SELECT l.at FROM leaf l WHERE l.log_index IS NOT NULL ORDER BY l.log_index DESC LIMIT 1))),
    EXISTS (SELECT FROM last_pledge(p.id) g WHERE g.stands), p.kegiatan_id, c.spki, sha256(c.spki), c.user_handle, c.backup_eligible
  FROM person p LEFT JOIN signer_credential c ON c.id = passkey_id
  WHERE p.id = who_id
$$;
