// Photos in a form: shrunk as they are chosen, shown, described, removed. Without this the field sends them
// as they are. A classic script; needs shrink.js before it.
{
  const input = document.querySelector("input[type=file][name=pictures]")
  const list = document.getElementById("photos")
  const full = document.getElementById("photos-full")
  const unused = (input?.dataset.unused || "").split("\n")
  let chosen = []
  let busy = 0

  const room = () => input.dataset.most
    - document.querySelectorAll("[name=kept]").length
    + document.querySelectorAll("[name=removed]:checked").length

  // The field holds what is chosen, and every row its number.
  const settle = () => {
    const files = new DataTransfer()
    const before = document.querySelectorAll("[name=kept]").length
    chosen.forEach(({ file, row }, at) => {
      files.items.add(file)
      for (const words of row.querySelectorAll("[data-words]"))
        words.textContent = words.dataset.words.replace("#", before + at + 1)
    })
    input.files = files.files
    input.dispatchEvent(new Event("pictures", { bubbles: true }))
  }

  const show = (photo) => {
    const reader = new FileReader()
    reader.onload = () => { photo.row.querySelector("img").src = reader.result }
    reader.readAsDataURL(photo.file)
  }

  const add = (file) => {
    const row = document.getElementById("new-photo").content.firstElementChild.cloneNode(true)
    const photo = { file, row }
    for (const words of row.querySelectorAll("span, button")) words.dataset.words = words.textContent
    row.querySelector("[name=picture_alt]").value = unused.shift() || ""
    row.querySelector("button").onclick = () => {
      chosen = chosen.filter((one) => one !== photo)
      row.remove()
      full.textContent = ""
      settle()
      input.focus()
    }
    chosen.push(photo)
    list.append(row)
    return photo
  }

  const shrink = async (photo) => {
    busy += 1
    const blob = await self.shrink(photo.file)
    if (blob !== photo.file)
      photo.file = new File([blob], photo.file.name.replace(/\.\w*$/, "") + ".jpg", { type: blob.type })
    show(photo)
    settle()
    busy -= 1
  }

  if (input && self.DataTransfer && self.shrink) {
    input.addEventListener("change", async (event) => {
      // Photos that the phone has kept come back with what they were said to show.
      if (event.detail?.told) unused.splice(0, unused.length, ...event.detail.told)
      const free = Math.max(0, room() - chosen.length)
      const fresh = [...input.files]
      full.textContent = fresh.length > free ? full.dataset.words : ""
      const added = fresh.slice(0, free).map(add)
      settle()
      // One at a time: a photo takes much of a cheap phone's memory.
      for (const photo of added) await shrink(photo)
    })
    // What the browser remembers of a page that one comes back to.
    if (input.files.length) input.dispatchEvent(new Event("change"))
    // Sent in the middle of it: wait, then send again.
    input.form.addEventListener("submit", (event) => {
      if (!busy) return
      event.preventDefault()
      event.stopImmediatePropagation()
      const wait = setInterval(() => {
        if (busy) return
        clearInterval(wait)
        input.form.requestSubmit(event.submitter)
      }, 50)
    }, true)
  }
}
