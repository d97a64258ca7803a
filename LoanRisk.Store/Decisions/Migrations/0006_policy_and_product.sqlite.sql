-- The policy that decided (its content stands in models.db, table policies) and the product file as it was read, by their SHA-256; null for decisions from before these were kept.
ALTER TABLE decisions ADD COLUMN policy_hash TEXT CHECK (length(policy_hash) = 64);
ALTER TABLE decisions ADD COLUMN product_hash TEXT CHECK (length(product_hash) = 64);
-- Features whose values are unlike all that training has seen, where that alone made a referral of an approval.
ALTER TABLE decisions ADD COLUMN referred_for TEXT NOT NULL DEFAULT '[]';
