// Makes a large photo smaller before it is sent: phones take 10 MB, the card needs far less, and
// networks are slow. What the browser cannot read is sent as it is.
const input = document.querySelector("#photo");
const sideMax = 2000;
const bytesEnough = 1 << 20;

const smaller = async (file) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, sideMax / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
};

input.addEventListener("change", async () => {
  const [file] = input.files;
  if (!file || file.size <= bytesEnough) return;
  const blob = await smaller(file).catch(() => null);
  if (!blob || blob.size >= file.size || input.files[0] !== file) return;
  const list = new DataTransfer();
  list.items.add(new File([blob], "photo.jpg", { type: blob.type }));
  input.files = list.files;
});
