-- Whether a signer's passkey may still be used. One with which a pledge is signed that stands, may; any other falls with the
-- card that it was made with: once there is a newer one, or once a pledge of that place was withdrawn; and with a pledge that
-- it has signed and that was withdrawn, of whichever event. So what a leaked card has made is worth no more than the card. A set
-- of one row, so that a query takes it in as if it were written there. Shown by test/signer/register.test.ts.
CREATE OR REPLACE FUNCTION passkey_standing(passkey signer_credential) RETURNS TABLE (stands boolean)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(bool_or(g.credential_id = passkey.id AND w.hash IS NULL), false)
    OR NOT EXISTS (
      SELECT FROM invitation i WHERE i.person_id = passkey.person_id AND i.version > passkey.invitation_version)
    AND NOT coalesce(bool_or(w.at >= passkey.at OR g.credential_id = passkey.id AND w.hash IS NOT NULL), false)
  FROM signature g LEFT JOIN withdrawal w ON w.hash = g.hash
  WHERE g.credential_id = passkey.id OR g.person_id = passkey.person_id
$$;
