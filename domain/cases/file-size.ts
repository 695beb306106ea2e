const KIB = 1024;

/** "412 B", "18.4 KB", "2.1 MB": powers of 1024, as file managers say them. */
export function fileSize(bytes: number): string {
  if (bytes < KIB) return `${bytes} B`;
  return bytes < KIB * KIB ? `${(bytes / KIB).toFixed(1)} KB` : `${(bytes / KIB / KIB).toFixed(1)} MB`;
}
