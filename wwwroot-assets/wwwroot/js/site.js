// Adds to pages that work without it: print and copy buttons, and a theme switch and a search that keep what was typed.
(() => {
  'use strict';

  for (const element of document.querySelectorAll('[data-needs-script]')) {
    element.hidden = false;
  }

  const say = (button, words) => {
    const before = button.textContent;
    button.textContent = words;
    setTimeout(() => { button.textContent = before; }, 2000);
  };

  document.addEventListener('click', async event => {
    const button = event.target.closest('button');
    if (button?.dataset.action === 'print') {
      window.print();
    } else if (button?.dataset.action === 'copy') {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        say(button, 'Copied');
      } catch {
        say(button, 'Copy by hand');
      }
    }
  });

  // A search that finds nothing gives the page back: what was typed into the other form goes with it.
  for (const form of document.querySelectorAll('form[data-keeps]')) {
    form.addEventListener('formdata', event => {
      for (const [name, value] of new FormData(document.querySelector(form.dataset.keeps))) {
        if (!name.startsWith('__')) event.formData.append(name, value);
      }
    });
  }

  // The form post would reload the page and lose what was typed.
  document.querySelector('form[data-theme-switch]')?.addEventListener('submit', async event => {
    const button = event.submitter;
    if (!button) return;
    event.preventDefault();
    const form = new FormData(event.target);
    form.set(button.name, button.value);
    document.documentElement.dataset.theme = button.value;
    for (const other of event.target.querySelectorAll('button')) {
      other.setAttribute('aria-pressed', String(other === button));
    }
    await fetch(event.target.action, { method: 'POST', body: form, redirect: 'manual' });
  });
})();
