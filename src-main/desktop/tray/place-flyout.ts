/** Where the flyout goes: beside its tray icon, inside the screen's free part. Pure. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const gap = 8;
const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

/**
 * Below an icon in the screen's upper half, above one in the lower. An icon whose place is not told (Linux) has no
 * size; then the pointer, which has just clicked it, says where it is.
 */
export function placeFlyout(
  icon: Rectangle,
  pointer: { readonly x: number; readonly y: number },
  workArea: Rectangle,
  size: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number } {
  const anchor = icon.width > 0 && icon.height > 0 ? icon : { ...pointer, width: 0, height: 0 };
  const isLow = anchor.y + anchor.height / 2 > workArea.y + workArea.height / 2;
  const x = Math.round(anchor.x + anchor.width / 2 - size.width / 2);
  const y = isLow ? anchor.y - size.height - gap : anchor.y + anchor.height + gap;
  return {
    x: clamp(x, workArea.x + gap, workArea.x + workArea.width - size.width - gap),
    y: clamp(y, workArea.y + gap, workArea.y + workArea.height - size.height - gap),
  };
}
