-- Returns that were refused before there were cases: each becomes one, and the order's own timer gives way to the case's.
INSERT INTO cases (id, kind, order_id, buyer_id, seller_id, amount, state, opened_at, due_at, refused_at)
    SELECT o.id, 'RETURN', o.id, o.buyer_id, o.seller_id, o.price, 'GATHERING', t.at, t.at + 172800000, t.at
    FROM orders o JOIN order_steps t ON t.order_id = o.id AND t.kind = 'RETURN_REFUSED'
    WHERE o.state = 'IN_DISPUTE';
INSERT INTO case_steps (case_id, seq, kind, actor_id, at)
    SELECT c.id, 1, 'OPENED', c.seller_id, c.opened_at FROM cases c WHERE c.kind = 'RETURN';
UPDATE orders SET due_at = NULL, wait_began_at = NULL, remind_at = NULL WHERE state = 'IN_DISPUTE';
