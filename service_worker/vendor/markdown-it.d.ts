/** The types are those of the package itself, which `python3 app.py check` installs. */
export { default } from 'markdown-it';
