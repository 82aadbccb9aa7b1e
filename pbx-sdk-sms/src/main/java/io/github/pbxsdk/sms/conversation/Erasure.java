package io.github.pbxsdk.sms.conversation;

/**
 * What was deleted, for the record; it names nobody. Immutable.
 *
 * @param conversations how many conversations are gone
 * @param messages how many texts, their reports with them
 * @param files how many contents of files
 * @param ledgerEntries how many entries of the ledger of sent texts
 */
public record Erasure(int conversations, int messages, int files, int ledgerEntries) {

    Erasure plus(Erasure other) {
        return new Erasure(
                conversations + other.conversations,
                messages + other.messages,
                files + other.files,
                ledgerEntries + other.ledgerEntries);
    }
}
