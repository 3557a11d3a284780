import { Link } from "react-router";
import type { ReactNode } from "react";
import { Face } from "../../ui/Face";

interface PersonLinkProps {
  user: { id: string; nickname: string; avatarUrl: string | null; banned: boolean };
  below?: ReactNode;
  size?: number;
}

/** Somebody, and the way to what admins know of him. */
export function PersonLink({ user, below, size = 36 }: PersonLinkProps) {
  return (
    <Link to={`/admin/users/${user.id}`} className="plain">
      <Face user={user} below={below} size={size} />
    </Link>
  );
}
