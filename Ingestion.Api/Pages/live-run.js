// Keeps the page of a run up to date: figures, elapsed time and log lines as they come. Once the state changes the page is loaded anew,
// so that the server alone puts states into words. Without this file the link "Refresh" does the same.
(() => {
  'use strict';
  const mostLines = 1000;
  const run = document.querySelector('[data-events]');
  if (!run || !('EventSource' in window)) return;

  const part = name => document.querySelector(`[data-live="${name}"]`);
  const log = part('log');
  const lines = part('lines');
  const count = number => Number(number).toLocaleString('en-US');
  const counted = (number, name) => `${count(number)} ${name}${number === 1 ? '' : 's'}`;
  const element = (name, text, className) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  };

  let last = Number(run.dataset.after);

  function showProgress(progress) {
    const types = Object.keys(progress.entities).sort();
    part('progress').replaceChildren(...types.map(type => {
      const item = document.createElement('li');
      item.append(element('bdi', type), element('span', count(progress.entities[type]), 'figure'));
      return item;
    }));
    part('sums').textContent = `${counted(progress.records, 'record')} written, ${counted(progress.failures, 'failure')}, ${counted(progress.warnings, 'warning')}`;
  }

  function showLine(line) {
    if (line.number <= last) return;
    last = line.number;
    part('no-log')?.remove();
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
    const item = element('li', '', line.level === 'info' ? '' : line.level);
    const written = new Date(line.time).toISOString();
    const time = element('time', written.slice(11, 19));
    time.dateTime = written;
    item.append(time, ' ');
    if (line.level !== 'info') item.append(element('b', line.level), ' ');
    item.append(element('bdi', line.text));
    lines.append(item);
    if (lines.childElementCount > mostLines) lines.firstElementChild.remove();
    if (atEnd) log.scrollTop = log.scrollHeight;
  }

  function showRun(view) {
    if (view.ended || view.state !== run.dataset.state || String(view.isCancelling) !== run.dataset.cancelling) {
      events.close();
      location.reload();
    } else if (view.progress && part('progress')) {
      showProgress(view.progress);
    }
  }

  let events;
  function follow() {
    events = new EventSource(`${run.dataset.events}?after=${last}`);
    events.addEventListener('run', message => showRun(JSON.parse(message.data)));
    events.addEventListener('log', message => showLine(JSON.parse(message.data)));
    events.addEventListener('open', () => { part('connection').textContent = ''; });
    // The browser tries again by itself, and says which event it had last, unless the server refuses it.
    events.addEventListener('error', () => {
      part('connection').textContent = events.readyState === EventSource.CLOSED ? 'This page does not change any more.' : 'Connection lost; trying again.';
    });
  }

  // A browser has few connections to one server: tabs that nobody sees do not keep theirs.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) events.close();
    else follow();
  });

  const elapsed = part('elapsed');
  if (elapsed) {
    const begun = performance.now() - Number(elapsed.dataset.milliseconds);
    const two = (number, size, large, small) => `${count(Math.floor(number / size))} ${large} ${String(number % size).padStart(2, '0')} ${small}`;
    setInterval(() => {
      const seconds = Math.round((performance.now() - begun) / 1000);
      elapsed.textContent = seconds < 60 ? `${seconds} s`
        : seconds < 3600 ? two(seconds, 60, 'min', 's')
        : seconds < 86400 ? two(Math.floor(seconds / 60), 60, 'h', 'min')
        : two(Math.floor(seconds / 3600), 24, 'd', 'h');
    }, 1000);
  }

  log.scrollTop = log.scrollHeight;
  follow();
})();
