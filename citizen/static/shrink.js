// Makes a photo small enough to send: upright, 1600 pixels at most, JPEG; nothing of what the file says
// beside its pixels goes along. Gives back the file itself where that cannot be done or gains nothing.
// A classic script: pages and service workers share it.
self.shrink = async (file) => {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" })
    const share = Math.min(1, 1600 / Math.max(image.width, image.height))
    const [width, height] = [image.width, image.height].map((side) => Math.max(1, Math.round(side * share)))
    const canvas = self.OffscreenCanvas
      ? new OffscreenCanvas(width, height)
      : Object.assign(document.createElement("canvas"), { width, height })
    const brush = canvas.getContext("2d")
    brush.imageSmoothingQuality = "high"
    brush.fillStyle = "#fff"
    brush.fillRect(0, 0, width, height)
    brush.drawImage(image, 0, 0, width, height)
    image.close()
    const kind = { type: "image/jpeg", quality: 0.82 }
    const small = canvas.convertToBlob
      ? await canvas.convertToBlob(kind)
      : await new Promise((done) => canvas.toBlob(done, kind.type, kind.quality))
    return small && small.size < file.size ? small : file
  } catch {
    return file
  }
}
