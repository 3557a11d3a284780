// The market's two queries, answered by Node: GraphQL Yoga, pg, one batched loader a table. Written as its makers recommend, to be measured beside.
//
//   node server.mjs PORT DATABASE_URL
import { createServer } from "node:http";
import DataLoader from "dataloader";
import { createSchema, createYoga } from "graphql-yoga";
import pg from "pg";

const [port, connectionString] = process.argv.slice(2);

// All our 64-bit columns are times and amounts that a number holds.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
const pool = new pg.Pool({ connectionString, max: 10 });

// A named statement is prepared once a connection.
const all = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const uuidBytes = (id) => Buffer.from(id.replaceAll("-", ""), "hex");
const globalId = (tag, id) => Buffer.concat([Buffer.of(tag), uuidBytes(id)]).toString("base64url");
const bareId = (tag, text) => {
  const bytes = Buffer.from(text, "base64url");
  return bytes.length === 17 && bytes[0] === tag ? bytes.toString("hex", 1) : null;
};

const cursorOf = (at, id) => {
  const bytes = Buffer.alloc(24);
  bytes.writeBigInt64BE(BigInt(at));
  uuidBytes(id).copy(bytes, 8);
  return bytes.toString("base64url");
};
const placeIn = (cursor) => {
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.length !== 24) throw new Error("not a cursor of ours");
  return [Number(bytes.readBigInt64BE()), bytes.toString("hex", 8)];
};

const byId = (name, text) =>
  new DataLoader(async (ids) => {
    const rows = new Map((await all(name, text, [ids])).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id));
  });

const loaders = () => ({
  game: byId("games", "SELECT id, name_en, name_zh, checklist FROM games WHERE id = ANY($1)"),
  server: byId("servers", "SELECT id, name_en, name_zh FROM game_servers WHERE id = ANY($1)"),
  image: byId("images", "SELECT id, file_key, width, height FROM images WHERE id = ANY($1)"),
  description: byId("descriptions", "SELECT id, description FROM listings WHERE id = ANY($1)"),
  user: byId(
    "users",
    "SELECT u.id, u.nickname, s.blacklisted, a.file_key AS avatar FROM users u JOIN standing s ON s.user_id = u.id \
     LEFT JOIN images a ON a.id = u.avatar_id WHERE u.id = ANY($1)",
  ),
  images: new DataLoader(async (ids) => {
    const rows = await all(
      "images_of",
      "SELECT l.listing_id, i.id, i.file_key, i.width, i.height FROM listing_images l JOIN images i ON i.id = l.image_id \
       WHERE l.listing_id = ANY($1) ORDER BY l.position",
      [ids],
    );
    const found = new Map(ids.map((id) => [id, []]));
    for (const row of rows) found.get(row.listing_id).push(row);
    return ids.map((id) => found.get(id));
  }),
});

// A list brings no descriptions along: they are long, and few lists show them.
const LISTING =
  "l.id, l.seller_id, l.game_id, l.server_id, l.cover_id, l.title, l.price, l.delivery_hours, l.warranty_days, l.state, l.version, \
   l.created_at, l.published_at, l.bindings, l.penalties";
const ON_SALE = "FROM listings l JOIN standing s ON s.user_id = l.seller_id WHERE l.state = 'ON_SALE' AND NOT s.blacklisted";
// The limit stands in the statement, not in a parameter: PostgreSQL would plan anew each time.
const order = (limit) => `ORDER BY l.published_at DESC, l.id DESC LIMIT ${Number(limit)}`;

const typeDefs = /* GraphQL */ `
  type Query {
    listings(first: Int, after: String): ListingConnection
    listing(id: ID!): Listing
  }
  type ListingConnection { edges: [ListingEdge!]! nodes: [Listing!]! pageInfo: PageInfo! }
  type ListingEdge { cursor: String! node: Listing! }
  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Listing {
    id: ID! title: String! description: String! price: Money! game: Game! server: GameServer! images: [Image!]! cover: Image! seller: User!
    state: ListingState! version: Int! deliveryHours: Int! warrantyDays: Int! bindings: [ChecklistStep!]! penalties: String! rejectReason: String
    createdAt: String! publishedAt: String
  }
  enum ListingState { IN_REVIEW ON_SALE OFF_SHELF REJECTED RESERVED SOLD }
  enum CurrencyCode { CNY }
  type Money { amount: String! currency: CurrencyCode! }
  type Game { id: ID! name: String! }
  type GameServer { id: ID! name: String! }
  type Image { id: ID! url: String! thumbnailUrl: String! width: Int! height: Int! }
  type User { id: ID! nickname: String! avatarUrl: String banned: Boolean! }
  type ChecklistStep { key: String! text: String! }
`;

const resolvers = {
  Query: {
    listings: async (_, { first = 20, after }) => {
      const limit = first + 1;
      const rows = after
        ? await all(`after_${limit}`, `SELECT ${LISTING} ${ON_SALE} AND (l.published_at, l.id) < ($1, $2) ${order(limit)}`, placeIn(after))
        : await all(`first_${limit}`, `SELECT ${LISTING} ${ON_SALE} ${order(limit)}`, []);
      return { rows: rows.slice(0, first), more: rows.length > first, after };
    },
    listing: async (_, { id }) => {
      const rows = await all("listing", `SELECT ${LISTING}, l.description FROM listings l WHERE l.id = $1`, [bareId(5, id)]);
      return rows.find((row) => ["ON_SALE", "RESERVED", "SOLD"].includes(row.state)) ?? null;
    },
  },
  ListingConnection: {
    edges: ({ rows }) => rows,
    nodes: ({ rows }) => rows,
    pageInfo: (page) => page,
  },
  ListingEdge: {
    cursor: (row) => cursorOf(row.published_at, row.id),
    node: (row) => row,
  },
  PageInfo: {
    hasNextPage: ({ more }) => more,
    hasPreviousPage: ({ after }) => Boolean(after),
    startCursor: ({ rows }) => (rows.length ? cursorOf(rows[0].published_at, rows[0].id) : null),
    endCursor: ({ rows }) => (rows.length ? cursorOf(rows.at(-1).published_at, rows.at(-1).id) : null),
  },
  Listing: {
    id: (row) => globalId(5, row.id),
    description: async (row, _, { description }) => row.description ?? (await description.load(row.id)).description,
    price: (row) => ({ amount: (row.price / 100).toFixed(2), currency: "CNY" }),
    game: (row, _, { game }) => game.load(row.game_id),
    server: (row, _, { server }) => server.load(row.server_id),
    images: (row, _, { images }) => images.load(row.id),
    cover: (row, _, { image }) => image.load(row.cover_id),
    seller: (row, _, { user }) => user.load(row.seller_id),
    deliveryHours: (row) => row.delivery_hours,
    warrantyDays: (row) => row.warranty_days,
    bindings: async (row, _, { game }) => {
      const bound = JSON.parse(row.bindings);
      return JSON.parse((await game.load(row.game_id)).checklist).filter(({ key }) => bound.includes(key));
    },
    // For its seller and admins; nobody signs in here.
    rejectReason: () => null,
    createdAt: (row) => new Date(row.created_at).toISOString(),
    publishedAt: (row) => row.published_at && new Date(row.published_at).toISOString(),
  },
  Game: { id: ({ id }) => globalId(3, id), name: (row) => row.name_en },
  GameServer: { id: ({ id }) => globalId(4, id), name: (row) => row.name_en },
  Image: {
    id: ({ id }) => globalId(6, id),
    url: (row) => `/media/${row.file_key}`,
    thumbnailUrl: (row) => `/media/${row.file_key}/thumbnail`,
  },
  User: {
    id: ({ id }) => globalId(1, id),
    nickname: (row) => (row.blacklisted ? "Banned user" : row.nickname),
    avatarUrl: (row) => (row.blacklisted || !row.avatar ? null : `/media/${row.avatar}/thumbnail`),
    banned: (row) => row.blacklisted,
  },
  ChecklistStep: { text: (step) => step.en },
};

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), context: loaders, graphiql: false, landingPage: false, logging: false });
const server = createServer(yoga);
server.listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${port}, ready`));
