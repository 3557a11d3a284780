-- Until when withdrawals wait after a change that a thief would make: a new payout account, a new address, a reset password.

ALTER TABLE standing ADD COLUMN withdraw_after bigint;
