// Leaderboards: ranked lists that filter. Words and numbers come written; every text is set as text, never as markup.
const memory = new WeakMap();
const ICONS = {
  search: "M15.5 14h-.8l-.3-.3a6.5 6.5 0 1 0-.7.7l.3.3v.8l5 5 1.5-1.5-5-5Zm-6 0a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9Z",
  chosen: "M9 16.2 4.8 12l-1.4 1.4L9 19 21 7l-1.4-1.4L9 16.2Z",
  out: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2c1.8 0 3.5.6 4.9 1.7L5.7 16.9A8 8 0 0 1 12 4Zm0 16a8 8 0 0 1-4.9-1.7L18.3 7.1A8 8 0 0 1 12 20Z",
};

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

function icon(name) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  path.setAttribute("fill", "currentColor");
  picture.append(path);
  return picture;
}

function button(className, label, press) {
  const made = make("button", className);
  made.type = "button";
  if (label) {
    made.setAttribute("aria-label", label);
    made.title = label;
  }
  made.addEventListener("click", (event) => { event.stopPropagation(); press(); });
  return made;
}

const STOPS = "button, a";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".boards");
  if (!memory.has(parentElement)) memory.set(parentElement, { open: new Set(), sought: {}, all: false, at: {} });
  const state = memory.get(parentElement);
  const { lists, words, most, first } = data;

  const act = (list, row, action) => setTriggerValue("act", { list: list.key, value: row ? row.value : "", action });

  function moodOf(list, row) {
    if (row.chosen) return "chosen";
    if (row.out) return "out";
    return list.rows.some((other) => other.chosen) ? "faded" : "plain";
  }

  // The way to the rows that a value counts; a click on it is no click on the row.
  function drawWay(list, row) {
    const way = make("a", "way", row.shown);
    way.href = list.way + encodeURIComponent(row.value);
    way.target = "_self";
    way.title = words.rows;
    way.setAttribute("aria-label", `${row.shown}: ${row.name}. ${words.rows}`);
    way.dataset.role = "rows";
    way.addEventListener("click", (event) => event.stopPropagation());
    return way;
  }

  function drawCells(list, row, line) {
    const cells = [["number", row.shown], ["number share", row.share], ...(list.plain ? [] : [["number", row.change]])];
    for (const [place, [className, text]] of cells.entries()) {
      const leads = place === 0 && row.leads;
      const cell = make("span", className, leads ? undefined : text);
      if (leads) cell.append(drawWay(list, row));
      cell.setAttribute("role", "gridcell");
      line.append(cell);
    }
  }

  function drawRow(list, row) {
    const line = make("div", "line row");
    line.setAttribute("role", "row");
    line.dataset.mood = moodOf(list, row);
    line.setAttribute("aria-selected", String(row.chosen));
    line.dataset.value = row.value;
    const bar = make("span", "bar");
    bar.style.width = `${row.width * 100}%`;
    const holder = make("span", "cell");
    holder.setAttribute("role", "rowheader");
    const name = button("name", "", () => act(list, row, "choose"));
    if (row.chosen || row.out) name.append(icon(row.chosen ? "chosen" : "out"));
    const label = make("span", "label", row.name);
    label.title = row.name;
    name.append(label);
    if (row.chosen || row.out) name.append(make("span", "heard", row.chosen ? words.is_chosen : words.is_out));
    name.dataset.role = "choose";
    holder.append(bar, name);
    line.append(holder);
    drawCells(list, row, line);
    const leave = button("tool leave", `${row.out ? words.take_back : words.leave_out}: ${row.name}`, () => act(list, row, "leave_out"));
    leave.append(icon("out"));
    leave.dataset.role = "leave_out";
    const last = make("span", "cell");
    last.setAttribute("role", "gridcell");
    last.append(leave);
    line.append(last);
    line.addEventListener("click", () => act(list, row, "choose"));
    return line;
  }

  function drawNames(list) {
    const line = make("div", "line names");
    line.setAttribute("role", "row");
    for (const text of [words.group, words.value, words.share, ...(list.plain ? [] : [words.change]), ""]) {
      const head = make("span", "", text);
      if (text === "") head.append(make("span", "heard", words.leave_out));
      head.setAttribute("role", "columnheader");
      line.append(head);
    }
    return line;
  }

  function shownRows(list) {
    const sought = plain(state.sought[list.key] || "");
    if (sought) return list.rows.filter((row) => plain(row.name).includes(sought));
    if (state.open.has(list.key)) return list.rows;
    return list.rows.filter((row, place) => place < most || row.chosen || row.out);
  }

  // One stop of the Tab key for each list; the arrows move inside it, Delete leaves a row out.
  function moveInside(list, grid, event) {
    const stops = [...grid.querySelectorAll(".row")].map((row) => [...row.querySelectorAll(STOPS)]);
    const place = stops.findIndex((pair) => pair.includes(event.target));
    if (place < 0) return;
    const side = stops[place].indexOf(event.target);
    const goals = {
      ArrowDown: [place + 1, side], ArrowUp: [place - 1, side], Home: [0, side], End: [stops.length - 1, side],
      ArrowRight: [place, side + 1], ArrowLeft: [place, Math.max(side - 1, 0)],
    };
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      stops[place].at(-1).click();
    } else if (goals[event.key]) {
      event.preventDefault();
      const [row, column] = goals[event.key];
      const goal = stops[row] && stops[row][Math.min(column, stops[row].length - 1)];
      if (goal) focusOn(list, grid, goal);
    }
  }

  function focusOn(list, grid, goal) {
    for (const other of grid.querySelectorAll(STOPS)) other.tabIndex = -1;
    goal.tabIndex = 0;
    goal.focus();
  }

  function remember(list, target) {
    const row = target.closest(".row");
    state.at = row ? { list: list.key, value: row.dataset.value, role: target.dataset.role } : {};
  }

  function drawList(list) {
    const board = make("section", "board");
    const head = make("div", "head");
    const title = make("h4", "", list.title);
    title.append(make("span", "", ` · ${list.count}`));
    head.append(title);
    if (list.filtered) {
      const clear = button("tool clear", `${words.clear}: ${list.title}`, () => act(list, null, "clear"));
      clear.textContent = words.clear;
      head.append(clear);
    }
    board.append(head);
    const body = make("div");
    if (list.rows.length > most) addSearch(list, head, board, body);
    board.append(body);
    fill(list, body);
    board.setAttribute("aria-label", list.title);
    return board;
  }

  function addSearch(list, head, board, body) {
    const box = make("input");
    box.type = "search";
    box.value = state.sought[list.key] || "";
    box.hidden = !(list.key in state.sought);
    box.placeholder = words.search;
    box.setAttribute("aria-label", `${words.search}: ${list.title}`);
    box.addEventListener("input", () => { state.sought[list.key] = box.value; fill(list, body); });
    const glass = button("tool", `${words.search}: ${list.title}`, () => {
      if (box.hidden) state.sought[list.key] = "";
      else delete state.sought[list.key];
      box.hidden = !box.hidden;
      box.value = "";
      fill(list, body);
      if (!box.hidden) box.focus();
    });
    glass.append(icon("search"));
    glass.setAttribute("aria-expanded", String(!box.hidden));
    head.append(glass);
    board.append(box);
  }

  function fill(list, body) {
    const rows = shownRows(list);
    const grid = make("div", list.plain ? "grid plain" : "grid");
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-label", `${list.title}. ${words.how}`);
    grid.setAttribute("aria-multiselectable", "true");
    grid.append(drawNames(list), ...rows.map((row) => drawRow(list, row)));
    const stops = grid.querySelectorAll(STOPS);
    for (const [place, stop] of stops.entries()) stop.tabIndex = place === 0 ? 0 : -1;
    grid.addEventListener("keydown", (event) => moveInside(list, grid, event));
    grid.addEventListener("focusin", (event) => remember(list, event.target));
    body.replaceChildren(grid);
    if (!rows.length) body.append(make("p", "none", words.nothing));
    if (list.rows.length > most && !state.sought[list.key]) {
      const isOpen = state.open.has(list.key);
      const more = button("more", "", () => {
        if (isOpen) state.open.delete(list.key);
        else state.open.add(list.key);
        fill(list, body);
        body.querySelector(".more").focus();
      });
      more.textContent = isOpen ? words.fewer : list.all;
      more.setAttribute("aria-expanded", String(isOpen));
      body.append(more);
    }
  }

  function draw() {
    const shown = lists.filter((list, place) => state.all || place < first || list.filtered);
    const parts = shown.map(drawList);
    if (lists.length > first) {
      const holder = make("div", "others");
      const others = button("", "", () => { state.all = !state.all; draw(); root.querySelector(".others button").focus(); });
      others.textContent = state.all ? words.fewer_lists : words.more_lists;
      others.setAttribute("aria-expanded", String(state.all));
      holder.append(others);
      parts.push(holder);
    }
    root.replaceChildren(...parts);
    root.querySelectorAll(".grid").forEach((grid, place) => { grid.dataset.list = shown[place].key; });
  }

  // The lists are drawn anew after a choice: the row that had the focus gets it back.
  const hadFocus = root.contains(parentElement.activeElement || document.activeElement) ? { ...state.at } : null;
  draw();
  if (hadFocus && hadFocus.list) {
    const grid = root.querySelector(`.grid[data-list="${hadFocus.list}"]`);
    const row = grid && [...grid.querySelectorAll(".row")].find((one) => one.dataset.value === hadFocus.value);
    const goal = row && row.querySelector(`[data-role="${hadFocus.role}"]`);
    if (goal) focusOn(null, grid, goal);
  }
}
