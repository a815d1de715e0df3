-- Whose avatar is this: what stands there is "media:" and the number of a media.
ALTER TABLE user ADD KEY avatar (avatar), ALGORITHM=INPLACE, LOCK=NONE;
ALTER TABLE chat_group ADD KEY avatar (avatar), ALGORITHM=INPLACE, LOCK=NONE;
