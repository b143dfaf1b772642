// Times of the sandbox in its display time zone, in Russian.

let zone = "UTC";
const formats = new Map();

/**
 * Choose the time zone of everything below.
 * @param {string} name IANA name
 */
export function setZone(name) {
  if (name === zone) return;
  zone = name;
  formats.clear();
}

function parts(moment, options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("ru", { ...options, timeZone: zone }));
  const found = formats.get(key).formatToParts(moment);
  return Object.fromEntries(found.map(({ type, value }) => [type, value]));
}

const numbers = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
};

/** «10:15» @param {Date} moment */
export function time(moment) {
  const { hour, minute } = parts(moment, numbers);
  return `${hour}:${minute}`;
}

/** «21 ноября», with the year when it is not the real current one @param {Date} moment */
export function day(moment) {
  const words = parts(moment, { day: "numeric", month: "long", year: "numeric" });
  const year = words.year === String(new Date().getFullYear()) ? "" : ` ${words.year}`;
  return `${words.day} ${words.month}${year}`;
}

/** «сб, 21 ноября, 10:15» @param {Date} moment */
export function full(moment) {
  const { weekday } = parts(moment, { weekday: "short" });
  return `${weekday}, ${day(moment)}, ${time(moment)}`;
}

/** «сб 21.11, 10:15», or «21.11.27, 10:15» of a year that is not the real current one @param {Date} moment */
export function short(moment) {
  const { weekday } = parts(moment, { weekday: "short" });
  const { year, month, day: number } = parts(moment, numbers);
  const current = year === String(new Date().getFullYear());
  return `${current ? `${weekday} ${number}.${month}` : `${number}.${month}.${year.slice(-2)}`}, ${time(moment)}`;
}

/** «2026-11-21T10:15», the value of a datetime-local field @param {Date} moment */
export function local(moment) {
  const { year, month, day: number, hour, minute } = parts(moment, numbers);
  return `${year}-${month}-${number}T${hour}:${minute}`;
}

/**
 * «10:15» today by the sandbox's clock, else «21.11».
 * @param {Date} moment
 * @param {Date} now
 */
export function brief(moment, now) {
  if (day(moment) === day(now)) return time(moment);
  const { day: number, month } = parts(moment, numbers);
  return `${number}.${month}`;
}

/** The moment a message was sent @param {{date: number}} message */
export function sentAt(message) {
  return new Date(message.date * 1000);
}
