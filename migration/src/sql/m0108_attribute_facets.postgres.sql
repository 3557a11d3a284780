-- Triggers, because no path that moves a listing can then forget its attributes. What changes neither price, time nor place of something on sale
-- (a look, a claim, a draft) does not even call them.
CREATE FUNCTION listing_attributes_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE listing_attributes SET
        price = CASE WHEN NEW.state = 'ON_SALE' THEN NEW.price END,
        published_at = CASE WHEN NEW.state = 'ON_SALE' THEN NEW.published_at END,
        server_id = CASE WHEN NEW.state = 'ON_SALE' THEN NEW.server_id END
    WHERE listing_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER listing_attributes_follow AFTER UPDATE OF state, price, published_at, server_id ON listings FOR EACH ROW
WHEN ((OLD.state = 'ON_SALE' OR NEW.state = 'ON_SALE')
    AND (OLD.state, OLD.price, OLD.published_at, OLD.server_id) IS DISTINCT FROM (NEW.state, NEW.price, NEW.published_at, NEW.server_id))
EXECUTE FUNCTION listing_attributes_follow();

-- The listing is held until the transaction ends: what moves it meanwhile waits, and then finds this row.
CREATE FUNCTION listing_attributes_begin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT
        CASE WHEN l.state = 'ON_SALE' THEN l.price END,
        CASE WHEN l.state = 'ON_SALE' THEN l.published_at END,
        CASE WHEN l.state = 'ON_SALE' THEN l.server_id END
    INTO NEW.price, NEW.published_at, NEW.server_id
    FROM listings l WHERE l.id = NEW.listing_id FOR SHARE;
    RETURN NEW;
END
$$;
CREATE TRIGGER listing_attributes_begin BEFORE INSERT ON listing_attributes FOR EACH ROW
EXECUTE FUNCTION listing_attributes_begin();
