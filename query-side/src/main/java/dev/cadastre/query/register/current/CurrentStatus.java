package dev.cadastre.query.register.current;

/**
 * How far the current register is, as far as a process knows.
 *
 * @param position the last one that it tells of; -1 for none
 * @param logPosition the last one of the log
 * @param keeper which process keeps it up to date
 */
public record CurrentStatus(long position, long logPosition, Keeper keeper) {

    /** How many events of the log it does not tell of yet. */
    public long lag() {
        return Math.max(0, logPosition - position);
    }
}
