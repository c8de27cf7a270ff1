(function () {
  var steps = Array.prototype.slice.call(document.querySelectorAll('.drawing li[data-number]'));
  var at = -1;
  var panel = document.getElementById('books');
  document.documentElement.classList.add('js');
  document.getElementById('hint').hidden = steps.length < 2;
  function show(next) {
    at = Math.max(-1, Math.min(steps.length - 1, next));
    steps.forEach(function (step, i) {
      step.classList.toggle('now', i === at);
      step.classList.toggle('later', at >= 0 && i > at);
    });
    var books = at >= 0 && steps[at].querySelector('.books');
    panel.hidden = at < 0;
    panel.textContent = '';
    if (at >= 0) {
      var title = document.createElement('b');
      title.textContent = panel.getAttribute('data-title') + ' ' + steps[at].getAttribute('data-number') + (books ? '' : panel.getAttribute('data-empty'));
      panel.appendChild(title);
      if (books) { panel.appendChild(books.cloneNode(true)); }
    }
    if (at >= 0) { steps[at].focus({ preventScroll: true }); steps[at].scrollIntoView({ block: 'nearest' }); }
  }
  document.addEventListener('keydown', function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === 'ArrowDown' || event.key === 'ArrowRight') { show(at + 1); event.preventDefault(); }
    if ((event.key === 'ArrowUp' || event.key === 'ArrowLeft') && at >= 0) { show(at - 1); event.preventDefault(); }
    if (event.key === 'Escape') { show(-1); }
  });
  steps.forEach(function (step, i) { step.addEventListener('click', function () { show(i); }); });
})();
