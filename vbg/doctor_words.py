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
    ("films", "missing"): N_("{count} files of films are gone: {films}. Bring them back from a backup: vbg restore"),
    ("films", "damaged"): N_(
        "{count} files of films are damaged and stand apart: {films}. Bring them back from a backup: vbg restore"
    ),
    ("films", "unread"): N_("The disk does not give {count} files of films: {films}. Make a backup now: vbg backup"),
    ("films", "healed"): N_("{count} files of films were back in their place in one go: nothing is lost."),
    ("films", "stray"): N_("{count} files belong to no film. They stand apart, or will: vbg check --scrub"),
    ("films", "aside"): N_("{count} files stand apart. Nothing was deleted. Put one back: vbg check --put-back NUMBER"),
    ("films", "old"): N_("{count} of them stand apart for 30 days. Delete those: vbg check --let-go"),
    ("scrub", ""): N_("{count} files were read again, to the last byte."),
    ("database", "good"): N_("The database is in order and of this version."),
    ("database", "older"): N_("The database is of an older version. Run: vbg migrate"),
    ("database", "empty"): N_("The database is empty. Run: vbg migrate"),
    ("database", "newer"): N_("The database is of a newer version. Install that vbg."),
    ("database", ""): N_("The database does not answer."),
    ("queue", "parked"): N_("Some work failed again and again and waits for you. Read what with: vbg jobs"),
    ("queue", "scale_missing"): N_(
        "A practice on PostgreSQL needs more to do its work: vbg[scale]. Install it with pip, then start again."
    ),
    ("queue", ""): N_("The list of work can be written."),
    ("worker", "good"): N_("The worker is at work."),
    ("worker", ""): N_("No worker is running. Start one with: vbg serve"),
}
