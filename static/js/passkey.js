// allauth tells the document when a passkey did not work, or when its owner changed her mind. Say so in words.
document.addEventListener("allauth.error", (gebeurtenis) => {
  gebeurtenis.preventDefault();
  document.getElementById("passkey-fout")?.removeAttribute("hidden");
});
