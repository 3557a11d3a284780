import { useTranslation } from "react-i18next";
import type { Problem } from "../../lib/problems";
import { IMAGE_BYTES, IMAGE_TYPES } from "../../lib/upload";

/** Whether the API takes a picture of this type and size. */
export function isPicture({ type, size }: Pick<File, "type" | "size">): boolean {
  return IMAGE_TYPES.includes(type) && size <= IMAGE_BYTES;
}

/** Says what is wrong with a file that was chosen as a picture, before it is sent. */
export function usePictureCheck(): (file: File) => Problem | undefined {
  const { t } = useTranslation("selling");
  return (file) => (isPicture(file) ? undefined : { code: "IMAGE_REFUSED", message: t("imagesRejected", { names: file.name }) });
}
