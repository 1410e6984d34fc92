// Looking at two versions: both texts with what only one of them has. The twin of mentorlog/versions/looking.py.
import { parts } from '../clock.js';
import * as forms from '../forms.js';
import { COMES, GOES, blocks, side, steps } from '../history/difference.js';
import * as search from '../search.js';
import * as settling from './settling.js';

/** What the page prints. @param {any} ctx @param {settling.Case} about */
export function page(ctx, about) {
  const { kept, record, field, text, type } = about, found = steps(settling.standing(about), text);
  const [ours, theirs] = [GOES, COMES].map(sign => blocks(side(found, sign)));
  return {
    kept: { id: kept.id, field, settled: Boolean(kept.fields.binned_at), text }, of: of(record),
    choices: Object.keys(settling.choices(about)), opening: forms.opening(ctx, record), join: type === 'text',
    stands: { ...stands(ctx, about), blocks: ours }, other: { ...other(ctx, kept), blocks: theirs },
  };
}

/** What a kept text belongs to: in words, by name, and where it is read. @param {any} record */
export function of(record) {
  if (!record) return { kind: '', what: 'A page that is deleted', title: '', url: '' };
  const { kind } = record;
  return { kind, what: search.WHAT.get(kind) ?? kind, title: search.title(record), url: search.address(record) };
}

/** Where what stands came from; told only while it is what the kept text met. @param {any} ctx @param {settling.Case} about */
function stands(ctx, { kept: { fields }, record }) {
  const waiting = record?.waiting ?? '', at = record && !waiting && record.rev === fields.beside ? fields.other_at : null;
  return {
    at: moment(ctx, at), label: at ? fields.other_label || '' : '',
    here: Boolean(waiting || (at && fields.other === ctx.device)), known: Boolean(at), waiting,
  };
}

/** Where a kept text came from. @param {any} ctx @param {any} kept */
function other(ctx, { at, fields, waiting }) {
  return {
    at: moment(ctx, at), label: fields.label || '', here: fields.device === ctx.device,
    known: Boolean(fields.beside || fields.device), waiting,
  };
}

/** An instant as a page prints it. @param {any} ctx @param {string|null} at */
const moment = (ctx, at) => (at ? parts(at, ctx.zone) : null);
