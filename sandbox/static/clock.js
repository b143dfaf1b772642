import { post } from "./api.js";
import { full, local, setZone, short } from "./dates.js";
import { part } from "./dom.js";
import { ask, toast } from "./notices.js";

const HOUR = 60;
const DAY = 24 * HOUR;

/** The clock on top of the page and the buttons that move it. */
export class Clock {
  /** @param {function()} minutePassed called when the shown time has changed */
  constructor(minutePassed) {
    this.minutePassed = minutePassed;
    this.now = new Date();
    this.buttons = ["clock-hour", "clock-day", "clock-goto"].map(part);
    const [hour, dayOn, goTo] = this.buttons;
    hour.addEventListener("click", () => this.run({ minutes: HOUR }).catch((error) => toast(error.message)));
    dayOn.addEventListener("click", () => this.run({ minutes: DAY }).catch((error) => toast(error.message)));
    goTo.addEventListener("click", () => this.askWhere());
  }

  /**
   * Show what the server says of the clock.
   * @param {{now: string, timezone: string, moving: [string, string]|null}} face
   */
  show({ now, timezone, moving }) {
    setZone(timezone);
    this.now = new Date(now);
    for (const [name, words] of [["clock", full], ["clock-short", short]]) {
      const shown = part(name);
      shown.textContent = words(this.now);
      shown.dateTime = now;
      shown.classList.toggle("moving", moving !== null);
    }
    for (const button of this.buttons) button.disabled = moving !== null;
    this.showProgress(moving);
    this.minutePassed();
  }

  showProgress(moving) {
    const box = part("clock-progress");
    box.hidden = moving === null;
    if (moving === null) return;
    const [from, to] = moving.map((moment) => new Date(moment));
    box.querySelector("progress").value = (this.now - from) / (to - from);
    const words = `Идём к ${full(to)}…`;
    const text = box.querySelector("span");
    if (text.textContent !== words) text.textContent = words;
  }

  run(step) {
    return post("clock", step);
  }

  askWhere() {
    ask(
      { title: "Перевести часы вперёд", label: "День и час", button: "Перейти", testid: "goto" },
      { type: "datetime-local", value: local(new Date(this.now.getTime() + DAY * 60_000)) },
      (value) => this.go({ to: value }),
    );
  }

  /** Resolves when the clock is on its way; a refusal after that is a toast. */
  async go(step) {
    const arrived = this.run(step);
    const started = new Promise((resolve) => setTimeout(resolve, 400));
    await Promise.race([arrived, started]);
    arrived.catch((error) => toast(error.message));
  }
}
