-- What has ended stays ended, since then: an officer who was removed, a role, a passkey, a session, a request, a link, also one that was used. The service's role
-- may end them (src/rights.ts), once; that the same statement did so is told by the time (office/record-act.sql).
CREATE OR REPLACE FUNCTION keep_ended() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
  moment text;
BEGIN
  FOREACH moment IN ARRAY ARRAY['removed_at', 'ended_at', 'used_at'] LOOP
    IF to_jsonb(OLD)->>moment IS NOT NULL AND to_jsonb(NEW)->moment IS DISTINCT FROM to_jsonb(OLD)->moment THEN
      RAISE EXCEPTION '% rows that have ended stay so', TG_TABLE_NAME USING ERRCODE = 'check_violation';
    END IF;
  END LOOP;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER officer_ended BEFORE UPDATE ON officer
FOR EACH ROW EXECUTE FUNCTION keep_ended();

CREATE OR REPLACE TRIGGER officer_role_ended BEFORE UPDATE ON officer_role
FOR EACH ROW EXECUTE FUNCTION keep_ended();

CREATE OR REPLACE TRIGGER officer_credential_ended BEFORE UPDATE ON officer_credential
FOR EACH ROW EXECUTE FUNCTION keep_ended();

CREATE OR REPLACE TRIGGER officer_session_ended BEFORE UPDATE ON officer_session
FOR EACH ROW EXECUTE FUNCTION keep_ended();

CREATE OR REPLACE TRIGGER officer_invitation_ended BEFORE UPDATE ON officer_invitation
FOR EACH ROW EXECUTE FUNCTION keep_ended();

CREATE OR REPLACE TRIGGER withdrawal_request_ended BEFORE UPDATE ON withdrawal_request
FOR EACH ROW EXECUTE FUNCTION keep_ended();
