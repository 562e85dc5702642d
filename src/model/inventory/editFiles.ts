import { type InventoryEdit, InventoryEditError } from './inventoryEdit';

/** A file that takes several changes at once, all of them or none. */
export interface EditableFile {
  readonly edit: (...changes: readonly InventoryEdit[]) => Promise<void>;
}

/** An edit, and the file it goes to under the name that a person is shown. */
export interface AddressedEdit {
  readonly file: EditableFile;
  readonly name: string;
  readonly edit: InventoryEdit;
}

/** Saves edits, each file once and in the order first named. Rejects with InventoryEditError, `partly` where a file was saved before. */
export async function editFiles(edits: readonly AddressedEdit[]): Promise<void> {
  const saved: string[] = [];
  for (const [file, changes] of Map.groupBy(edits, (each) => each.file)) {
    const name = changes[0]?.name ?? '';
    try {
      await file.edit(...changes.map(({ edit }) => edit));
    } catch (error) {
      throw saved.length === 0 ? error : new InventoryEditError('partly', name, saved, { cause: error });
    }
    saved.push(name);
  }
}
