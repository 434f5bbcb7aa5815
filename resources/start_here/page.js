"use strict";
// Works on this page alone: no request goes out, nothing is stored.
(() => {
  const clock = (seconds) => {
    const whole = Math.floor(seconds);
    return [whole / 3600, (whole / 60) % 60, whole % 60].map((n) => String(Math.floor(n)).padStart(2, "0")).join(":");
  };
  const players = new Map();

  class Player {
    constructor(figure) {
      this.audio = figure.querySelector("audio");
      this.seconds = Number(figure.dataset.durationMs) / 1000;
      this.play = figure.querySelector(".play");
      this.range = figure.querySelector("input");
      this.shown = figure.querySelector(".clock-now");
      this.line = figure.querySelector(".head-line");
      this.cannot = figure.querySelector(".cannot");
      // The table of all steps has some of them again: the light stays in the encounter's own timeline.
      this.rows = [...figure.closest("section").querySelectorAll("tr[data-at]")].filter((row) => row.dataset.recording === figure.dataset.recording);
      figure.querySelector(".transport").hidden = false;
      this.audio.controls = false;
      this.play.addEventListener("click", () => (this.audio.paused ? this.start() : this.audio.pause()));
      this.range.addEventListener("input", () => this.seek(Number(this.range.value)));
      figure.querySelectorAll("[data-step]").forEach((button) =>
        button.addEventListener("click", () => this.seek(this.audio.currentTime * 1000 + Number(button.dataset.step))));
      figure.querySelector("select").addEventListener("change", (event) => { this.audio.playbackRate = Number(event.target.value); });
      const wave = figure.querySelector(".wave");
      wave.addEventListener("click", (event) => {
        if (event.target.closest(".marker")) return;
        const box = wave.getBoundingClientRect();
        this.seek(((event.clientX - box.left) / box.width) * this.seconds * 1000);
      });
      figure.querySelectorAll(".marker").forEach((marker) => {
        const go = () => this.seek(Number(marker.dataset.at), true);
        marker.addEventListener("click", go);
        marker.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          go();
        });
      });
      for (const name of ["timeupdate", "seeking", "seeked", "play", "pause", "ended"]) this.audio.addEventListener(name, () => this.show());
      this.audio.addEventListener("error", () => this.fail());
      if (!this.audio.canPlayType("audio/flac") || this.audio.error) this.fail();
      this.show();
    }

    seek(milliseconds, andPlay = false) {
      this.audio.currentTime = Math.min(Math.max(0, milliseconds / 1000), this.seconds);
      this.show();
      if (andPlay) this.start();
    }

    start() {
      for (const other of players.values()) if (other !== this) other.audio.pause();
      // A browser may refuse to play; the error event then tells why.
      this.audio.play().catch(() => this.show());
    }

    fail() {
      this.cannot.hidden = false;
    }

    show() {
      const now = Math.min(this.audio.currentTime, this.seconds);
      this.shown.textContent = clock(now);
      this.range.value = String(Math.round(now * 1000));
      this.range.setAttribute("aria-valuetext", clock(now));
      this.line.setAttribute("x", `${(this.seconds ? now / this.seconds : 0) * 100}%`);
      this.play.textContent = this.audio.paused ? this.play.dataset.play : this.play.dataset.pause;
      let current = null;
      for (const row of this.rows) if (now > 0 && Number(row.dataset.at) <= now * 1000 + 1) current = row;
      for (const row of this.rows) row.classList.toggle("now", row === current);
    }
  }

  for (const figure of document.querySelectorAll(".player[data-recording]")) players.set(figure.dataset.recording, new Player(figure));
  for (const button of document.querySelectorAll(".papers .seek[data-at], .heard .seek[data-at]")) {
    const player = players.get(button.dataset.recording);
    if (player) button.addEventListener("click", () => player.seek(Number(button.dataset.at), true));
  }
  for (const row of document.querySelectorAll("tr[data-at]")) {
    const player = players.get(row.dataset.recording);
    if (player) row.addEventListener("click", () => { if (!String(getSelection())) player.seek(Number(row.dataset.at), true); });
  }
})();
