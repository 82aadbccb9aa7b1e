package io.github.pbxsdk.it.freepbx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.pbxsdk.ami.AmiAction;
import io.github.pbxsdk.ami.AmiRejectedException;
import io.github.pbxsdk.ami.event.NewExtenEvent;
import io.github.pbxsdk.core.Credentials;
import io.github.pbxsdk.core.event.Subscription;
import io.github.pbxsdk.freepbx.Destination;
import io.github.pbxsdk.freepbx.Ivr;
import io.github.pbxsdk.freepbx.IvrRoad;
import io.github.pbxsdk.freepbx.IvrSettings;
import io.github.pbxsdk.freepbx.Prompt;
import io.github.pbxsdk.it.lab.Asterisk;
import io.github.pbxsdk.it.lab.OnAsterisk;
import io.github.pbxsdk.pbx.Pbx;
import io.github.pbxsdk.testing.freepbx.FakeFreePbx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Menus that are written into the dialplan of a real Asterisk over AMI, and calls in them. */
@OnAsterisk
@Timeout(60)
class DialplanMenusIT {

    /** Two numbers of the lab, which is no FreePBX: an echo, and a call that is refused. */
    private static final Destination ECHO = new Destination("features,600,1");

    private static final Destination REFUSED = new Destination("features,603,1");

    private final FakeFreePbx fake = new FakeFreePbx();
    private final Asterisk asterisk;
    private final Pbx pbx;

    DialplanMenusIT(Asterisk asterisk) {
        this.asterisk = asterisk;
        this.pbx = pbx(asterisk.amiCredentials());
    }

    private Pbx pbx(Credentials ami) {
        return Pbx.builder()
                .settings(
                        Map.of(
                                "AMI_HOST", asterisk.ami().getHostString(),
                                "AMI_PORT", String.valueOf(asterisk.ami().getPort()),
                                "AMI_USER", ami.user(),
                                "AMI_SECRET", ami.secret(),
                                "FREEPBX_URL", fake.url(),
                                "FREEPBX_CLIENT_ID", FakeFreePbx.CLIENT_ID,
                                "FREEPBX_CLIENT_SECRET", FakeFreePbx.CLIENT_SECRET))
                .build();
    }

    @AfterEach
    void leaveNothing() {
        try (fake;
                pbx) {
            for (Ivr menu : pbx.freepbx().ivrs().list()) {
                pbx.freepbx().ivrs().delete(menu.id());
            }
        }
        assertThat(asterisk.cli("dialplan show sdk-ivr-1")).contains("no existence of");
    }

    private static IvrSettings.Builder named(String name) {
        return IvrSettings.of(name).timeout(Duration.ofSeconds(2)).otherwise(REFUSED);
    }

    /** Calls a menu, does something there, and returns where the call came to, step by step. */
    private Queue<String> call(Ivr menu, String application, String data, Destination end) {
        String id = "menu-" + UUID.randomUUID();
        Queue<String> steps = new ConcurrentLinkedQueue<>();
        Subscription told =
                pbx.ami()
                        .events()
                        .subscribe(
                                NewExtenEvent.class,
                                step -> {
                                    if (step.channel().linkedId().equals(id)) {
                                        steps.add(place(step));
                                    }
                                });
        String context = menu.destination().text().replaceFirst(",.*", "");
        pbx.ami()
                .send(
                        AmiAction.raw(
                                "Originate",
                                "Channel",
                                "Local/s@" + context + "/n",
                                "ChannelId",
                                id,
                                "Application",
                                application,
                                "Data",
                                data,
                                "Async",
                                "true"));
        await("a call that comes to " + end)
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(steps).contains(end.text()));
        pbx.ami().send(AmiAction.raw("Hangup", "Channel", "/^Local/s@" + context + "-.*$/"));
        told.close();
        return steps;
    }

    private static String place(NewExtenEvent step) {
        return step.fields().text("Context")
                + ("," + step.fields().text("Extension"))
                + ("," + step.fields().text("Priority"));
    }

    @Test
    void aKeyLeadsWhereTheMenuSays() {
        fake.addSoundFile("beep");
        Prompt prompt = pbx.freepbx().prompts().create("Menu", "", List.of("beep"));
        Ivr menu =
                pbx.freepbx()
                        .ivrs()
                        .create(
                                named("Nacht; «Menü»")
                                        .announcement(Integer.parseInt(prompt.id()))
                                        .key("1", ECHO)
                                        .key("2", REFUSED)
                                        .build());

        assertThat(menu.road()).isEqualTo(IvrRoad.DIALPLAN);
        assertThat(menu.name()).isEqualTo("Nacht; «Menü»");
        assertThat(menu.keys()).isEqualTo(Map.of("1", ECHO, "2", REFUSED));
        Queue<String> steps = call(menu, "SendDTMF", "ww1", ECHO);
        assertThat(steps).contains("sdk-ivr-1,1,1").doesNotContain("sdk-ivr-1,2,1");
    }

    @Test
    void whoPressesNothingHearsItThreeTimesAndGoesOn() {
        Ivr menu = pbx.freepbx().ivrs().create(named("Menu").key("1", ECHO).build());

        Queue<String> steps = call(menu, "Wait", "20", REFUSED);

        assertThat(steps).filteredOn("sdk-ivr-1,s,4"::equals).hasSize(4);
        assertThat(steps).filteredOn("sdk-ivr-1,t,1"::equals).hasSize(3);
    }

    @Test
    void whoPressesAnotherKeyIsAskedAgain() {
        Ivr menu = pbx.freepbx().ivrs().create(named("Menu").key("1", ECHO).build());

        Queue<String> steps = call(menu, "SendDTMF", "w7www1", ECHO);

        assertThat(steps).contains("sdk-ivr-1,i,1");
    }

    @Test
    void aChangedMenuIsLiveAtOnceAndNoLineOfTheFormerIsLeft() {
        Ivr menu =
                pbx.freepbx()
                        .ivrs()
                        .create(named("Menu").key("1", REFUSED).key("2", REFUSED).build());

        Ivr changed = pbx.freepbx().ivrs().update(menu.id(), named("Menu").key("1", ECHO).build());

        assertThat(changed.keys()).isEqualTo(Map.of("1", ECHO));
        call(changed, "SendDTMF", "ww1", ECHO);
    }

    @Test
    void aMenuMayHaveMoreLinesThanFitIntoAnAction() {
        IvrSettings.Builder many = named("Many");
        for (int key = 100; key < 160; key++) {
            many.key(String.valueOf(key), key == 159 ? ECHO : REFUSED);
        }

        Ivr menu = pbx.freepbx().ivrs().create(many.build());

        assertThat(menu.keys()).hasSize(60);
        call(menu, "SendDTMF", "ww159", ECHO);
    }

    @Test
    void aManagerWithoutTheRightIsToldSo() {
        Pbx limited = pbx(Credentials.of("limited", "limited-secret"));
        try (limited) {
            assertThatThrownBy(() -> limited.freepbx().ivrs().create(named("Menu").build()))
                    .isInstanceOf(AmiRejectedException.class)
                    .hasMessageContaining("ermission");
        }
    }
}
