-- The empty tree: its root is SHA-256 of nothing (RFC 6962, section 2.1).
INSERT INTO tree (id, size, root) VALUES (1, 0, sha256(''::bytea));
