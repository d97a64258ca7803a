// Adds to pages that work without it: print and copy buttons, a product menu that closes like one, a form that Back finds as it was left,
// and a theme switch and a search that keep what was typed.
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

  const menu = document.querySelector('.product-switch');
  if (menu) {
    document.addEventListener('keydown', event => {
      if (event.key === 'Escape' && menu.open) {
        menu.open = false;
        menu.querySelector('summary').focus();
      }
    });
    document.addEventListener('pointerdown', event => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener('focusout', event => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }

  // What was typed goes with the page's place in the history, which ends with the window: no cache keeps this page, and its fields complete nothing by themselves.
  const application = document.querySelector('form.application');
  if (application) {
    const own = [...application.elements].filter(field => field.name && !field.name.startsWith('__'));
    const keep = address => history.replaceState({ typed: own.map(field => [field.name, field.value]) }, '', address);
    const sent = application.dataset.again;
    if (sent) {
      keep(sent); // else Back and Reload would ask whether to send it again
    } else {
      for (const [name, value] of history.state?.typed ?? []) {
        const field = application.elements[name];
        if (field && (!field.options || [...field.options].some(option => option.value === value))) field.value = value;
      }
    }
    application.addEventListener('change', () => keep());
    application.addEventListener('submit', () => keep());

    // Who asks for the form anew by its own address means a fresh one; a browser would keep the state.
    const forget = () => history.replaceState(null, '');
    document.addEventListener('click', event => {
      if (event.target.closest('a[href]')?.href === location.href) forget();
    });
    document.querySelector('form.examples')?.addEventListener('submit', event => {
      if (location.search === `?example=${event.submitter?.value}`) forget();
    });
  }

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
