-- Of which kind the message is that carries a media: a conversation's images are found among however
-- many messages and voices.
ALTER TABLE media_use
  ADD COLUMN kind VARCHAR(10) CHARACTER SET ascii NOT NULL DEFAULT '',
  ALGORITHM=INSTANT;
UPDATE media_use JOIN message USING (conversation_id, seq) SET media_use.kind = message.kind;
ALTER TABLE media_use ADD KEY kind (conversation_id, kind, seq), ALGORITHM=INPLACE, LOCK=NONE;
