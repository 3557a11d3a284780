-- Triggers, because no path that moves a listing can then forget its attributes. What changes neither price, time nor place of something on sale
-- (a look, a claim, a draft) does not even call them.
CREATE TRIGGER listing_attributes_follow AFTER UPDATE OF state, price, published_at, server_id ON listings FOR EACH ROW
WHEN (OLD.state = 'ON_SALE' OR NEW.state = 'ON_SALE')
    AND (OLD.state, OLD.price, OLD.published_at, OLD.server_id) IS NOT (NEW.state, NEW.price, NEW.published_at, NEW.server_id)
BEGIN
    UPDATE listing_attributes SET
        price = CASE WHEN NEW.state = 'ON_SALE' THEN NEW.price END,
        published_at = CASE WHEN NEW.state = 'ON_SALE' THEN NEW.published_at END,
        server_id = CASE WHEN NEW.state = 'ON_SALE' THEN NEW.server_id END
    WHERE listing_id = NEW.id;
END;

-- As long as the listing is not on sale the row is right as it is. Whatever else it brings is written over.
CREATE TRIGGER listing_attributes_begin AFTER INSERT ON listing_attributes FOR EACH ROW
WHEN NEW.price IS NOT NULL OR EXISTS (SELECT 1 FROM listings l WHERE l.id = NEW.listing_id AND l.state = 'ON_SALE')
BEGIN
    UPDATE listing_attributes SET (price, published_at, server_id) =
        (SELECT l.price, l.published_at, l.server_id FROM listings l WHERE l.id = NEW.listing_id AND l.state = 'ON_SALE')
    WHERE listing_id = NEW.listing_id AND attribute_id = NEW.attribute_id AND position = NEW.position;
END;
