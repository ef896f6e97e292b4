-- Whether a passkey signs for who holds a place now: it is the same holder's, and where the number alone says so, the name has a word
-- of the one it was made under (of three letters). A number may have been left standing under another one's name.
CREATE OR REPLACE FUNCTION signs_as(tempat text, nama text, nip text, now_tempat text, now_nama text, now_nip text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT same_holder(tempat, nama, nip, now_tempat, now_nama, now_nip) AND (nama = now_nama OR names_share_word(nama, now_nama))
$$;
