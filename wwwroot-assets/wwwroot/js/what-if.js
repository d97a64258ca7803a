// Shows in place what would be decided when a value of the what-if form changes; without it the form's button loads the page again.
(() => {
  'use strict';

  const form = document.querySelector('form[data-what-if]');
  if (!form) return;

  const answer = document.querySelector(form.dataset.whatIf);
  let asked = 0;

  const problemsOf = page => new Map(
    [...page.querySelectorAll('form[data-what-if] .problem')].map(problem => [problem.id, problem]));

  const showProblems = page => {
    const problems = problemsOf(page);
    for (const old of form.querySelectorAll('.problem')) old.remove();
    for (const field of form.querySelectorAll('.field')) {
      const control = field.querySelector('input, select');
      const problem = problems.get(`${control.id}-error`);
      field.classList.toggle('has-problem', Boolean(problem));
      control.classList.toggle('is-invalid', Boolean(problem));
      if (problem) {
        control.setAttribute('aria-invalid', 'true');
        field.append(document.importNode(problem, true));
      } else {
        control.removeAttribute('aria-invalid');
      }
      control.setAttribute('aria-describedby', page.getElementById(control.id)?.getAttribute('aria-describedby') ?? '');
    }
  };

  const ask = async () => {
    const turn = ++asked;
    answer.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      const fresh = page.querySelector(form.dataset.whatIf);
      if (turn !== asked) return;
      if (!fresh) throw new Error(response.statusText);
      answer.replaceChildren(...document.importNode(fresh, true).childNodes);
      showProblems(page);
    } catch {
      if (turn === asked) answer.textContent = 'The site did not answer. Try again in a moment.';
    } finally {
      if (turn === asked) answer.removeAttribute('aria-busy');
    }
  };

  form.addEventListener('change', ask);
  form.addEventListener('submit', event => {
    event.preventDefault();
    ask();
  });
})();
