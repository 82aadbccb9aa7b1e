package io.github.pbxsdk.pbx;

import io.github.pbxsdk.core.PbxException;
import io.github.pbxsdk.freepbx.CallQueue;
import io.github.pbxsdk.freepbx.TelephonySource;
import io.github.pbxsdk.freepbx.TelephonySource.LiveQueue;
import io.github.pbxsdk.freepbx.TelephonySource.Phone;
import io.github.pbxsdk.pbx.PbxExtension.Presence;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who and what is on the PBX: told by its API and by AMI, each filling the other in. */
final class Inventory {

    private static final Logger log = LoggerFactory.getLogger(Inventory.class);

    private final Clients clients;
    private final TelephonySource telephony;

    Inventory(Clients clients) {
        this.clients = clients;
        this.telephony = new AmiTelephony(clients.ami::get);
    }

    List<PbxExtension> extensions() {
        requireRoad("extensions()");
        if (!clients.hasFreepbx()) {
            return overAmi();
        }
        Map<String, Phone> phones = live(telephony::phones, Phone::extension);
        return clients.freepbx.get().extensions().list().stream()
                .map(
                        one ->
                                new PbxExtension(
                                        one.number(),
                                        one.name(),
                                        presence(phones.get(one.number())),
                                        "freepbx"))
                .toList();
    }

    private List<PbxExtension> overAmi() {
        Map<String, String> names = telephony.names();
        return telephony.phones().stream()
                .map(
                        one ->
                                new PbxExtension(
                                        one.extension(),
                                        names.getOrDefault(one.extension(), one.name()),
                                        presence(one),
                                        "ami"))
                .toList();
    }

    private static Presence presence(@Nullable Phone phone) {
        if (phone == null) {
            return Presence.UNKNOWN;
        }
        return phone.online() ? Presence.ONLINE : Presence.OFFLINE;
    }

    List<PbxQueue> queues() {
        requireRoad("queues()");
        if (!clients.hasFreepbx()) {
            return telephony.queues().stream()
                    .map(one -> new PbxQueue(one.number(), "", "ami", one))
                    .toList();
        }
        Map<String, LiveQueue> live = live(telephony::queues, LiveQueue::number);
        return clients.freepbx.get().queues().list().stream().map(one -> queue(one, live)).toList();
    }

    private static PbxQueue queue(CallQueue one, Map<String, LiveQueue> live) {
        return new PbxQueue(one.number(), one.name(), one.road(), live.get(one.number()));
    }

    /** What AMI adds to the answer of the API is left out where AMI does not answer. */
    private <T> Map<String, T> live(Supplier<List<T>> question, Function<T, String> key) {
        if (!clients.hasAmi()) {
            return Map.of();
        }
        try {
            return question.get().stream()
                    .collect(Collectors.toMap(key, Function.identity(), (first, second) -> first));
        } catch (PbxException e) {
            log.debug("AMI adds nothing: {}", e.toString());
            return Map.of();
        }
    }

    private void requireRoad(String what) {
        if (!clients.hasFreepbx() && !clients.hasAmi()) {
            Settings settings = clients.settings;
            throw settings.missing(
                    what,
                    settings.name(PbxSetting.FREEPBX_URL)
                            + " or "
                            + settings.name(PbxSetting.AMI_HOST)
                            + " with what belongs to it");
        }
    }
}
