"""What the doctor's findings mean, said so that it can be read out on the phone."""


def N_(text: str) -> str:
    """Mark a sentence for the catalogues."""
    return text


SENTENCES = {
    ("practice", "good"): N_("The data folder holds a practice."),
    ("practice", ""): N_("The data folder holds no practice yet. Make one with: vbg init"),
    ("ffmpeg", "good"): N_("The film tool works."),
    ("ffmpeg", ""): N_("The film tool does not start. Remove the setting VBG_FFMPEG, or install vbg again."),
    ("sandbox", "none"): N_(
        "There is no box around the film tool. Films are refused. On Debian: apt-get install bubblewrap"
    ),
    ("sandbox", ""): N_("The film tool works in a closed box ({code})."),
    ("store", "good"): N_("The films' store is in order."),
    ("store", "no_marker"): N_("The films' store is not there. Is the disk connected?"),
    ("store", "no_key"): N_("The key of the films is missing. Put your copy back into the folder keys."),
    ("store", "wrong_key"): N_("The key is not the key of these films. Put the right copy into the folder keys."),
    ("store", "low_space"): N_("The disk is almost full. Make room soon."),
    ("store", "unreachable"): N_(
        "The store elsewhere does not answer. Is this computer online? Is VBG_STORE_URL right?"
    ),
    ("store", "refused"): N_("The store elsewhere does not take our key. Look at VBG_STORE_KEY_ID and its secret."),
    ("store", "full"): N_("The films' store is full. Make room there."),
    ("store", ""): N_("The films' store has a problem: {code}."),
    ("films", "good"): N_("Each film has its files, each file its film."),
    ("films", "missing"): N_(
        "Files that are gone: {count} ({films}). Bring back a backup in another folder (vbg restore),"
        " or the film itself."
    ),
    ("films", "damaged"): N_(
        "Damaged files, set apart: {count} ({films}). Bring back a backup in another folder (vbg restore),"
        " or the film itself."
    ),
    ("films", "unread"): N_("Files that the disk does not give: {count} ({films}). Make a backup now: vbg backup"),
    ("films", "healed"): N_("Files that went back to their place: {count}. Nothing is lost."),
    ("films", "stray"): N_("Files of no film: {count}. They are set apart by: vbg check --scrub"),
    ("films", "aside"): N_("Files that stand apart: {count}. Nothing was deleted. Put one back: vbg check --put-back"),
    ("films", "old"): N_("Files that stand apart for 30 days: {count}. Delete them: vbg check --let-go"),
    ("scrub", ""): N_("Files read again, to the last byte: {count}."),
    ("database", "good"): N_("The database is in order and of this version."),
    ("database", "older"): N_("The database is of an older version. Run: vbg migrate"),
    ("database", "empty"): N_("The database is empty. Run: vbg migrate"),
    ("database", "newer"): N_("The database is of a newer version. Install that vbg."),
    ("database", ""): N_("The database does not answer."),
    ("queue", "parked"): N_("Some work did not succeed and waits for you. Read what with: vbg jobs"),
    ("queue", "scale_missing"): N_(
        "A practice on PostgreSQL needs more to do its work: vbg[scale]. Install it with pip, then start again."
    ),
    ("queue", ""): N_("The list of work can be written."),
    ("worker", "good"): N_("The worker is at work."),
    ("worker", ""): N_("No worker is running. Start one with: vbg serve"),
}
