package dev.cadastre.events;

/** An event that takes back an earlier event of its own stream. It cannot itself be retracted. */
public interface Retraction extends Event {

    /** The sequence number of the event that is taken back. */
    long retracted();
}
