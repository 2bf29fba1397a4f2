-- A code allows what its SMS names, and nothing else: card | address | lost | leave | deny.
ALTER TABLE act_session ADD COLUMN act TEXT NOT NULL DEFAULT 'card';
