/** A photo no side of which is longer than 1600 px; anything else, and what the browser cannot read, as it is. */
export async function shrink(file: File, longest = 1600): Promise<Blob> {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < 300_000) return file
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(picture.width * scale)
    canvas.height = Math.round(picture.height * scale)
    canvas.getContext('2d')!.drawImage(picture, 0, 0, canvas.width, canvas.height)
    picture.close()
    const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.82))
    return small && small.size < file.size ? small : file
  } catch {
    return file
  }
}

/** A small picture drawn on a canvas: the page's policy lets no blob: address in. */
export async function draw(file: Blob, canvas: HTMLCanvasElement): Promise<boolean> {
  try {
    const picture = await createImageBitmap(file)
    const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height)
    const w = picture.width * scale
    const h = picture.height * scale
    canvas.getContext('2d')!.drawImage(picture, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h)
    picture.close()
    return true
  } catch {
    return false
  }
}
