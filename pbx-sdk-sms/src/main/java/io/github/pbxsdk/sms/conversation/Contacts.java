package io.github.pbxsdk.sms.conversation;

import io.github.pbxsdk.core.message.Address;
import java.util.List;

/** Knows whose an address is: your address book. It is asked often, and from several threads. */
@FunctionalInterface
public interface Contacts {

    /**
     * Returns everybody who has this address, or nobody. Several are normal: a family phone, a
     * switchboard.
     */
    List<Contact> find(Address address);
}
