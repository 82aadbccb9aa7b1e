package io.github.pbxsdk.samples;

import io.github.pbxsdk.freepbx.ApplyResult;
import io.github.pbxsdk.freepbx.Extension;
import io.github.pbxsdk.freepbx.FollowMeSettings;
import io.github.pbxsdk.freepbx.FreePbxClient;
import io.github.pbxsdk.freepbx.NewExtension;
import io.github.pbxsdk.freepbx.RingGroup;
import io.github.pbxsdk.freepbx.RingGroupSettings;
import io.github.pbxsdk.pbx.PbxSetting;
import io.github.pbxsdk.samples.runner.JsonLine;
import io.github.pbxsdk.samples.runner.Sample;
import io.github.pbxsdk.samples.runner.SampleContext;
import java.util.ArrayList;
import java.util.List;

/** Prepares everything for a new employee: extension, mailbox, follow-me, ring group, apply. */
public final class FreePbxProvision {

    /** The sample as {@code samples/run} knows it. */
    public static final Sample SAMPLE =
            Sample.named("freepbx-provision", "gives a new employee a telephone")
                    .needs(
                            PbxSetting.FREEPBX_URL,
                            PbxSetting.FREEPBX_CLIENT_ID,
                            PbxSetting.FREEPBX_CLIENT_SECRET)
                    .required("extension", "NUMBER", "the number to give")
                    .required("name", "NAME", "who it is for")
                    .required("email", "ADDRESS", "where mail about voicemail goes")
                    .required("pin", "PIN", "the PIN of the mailbox")
                    .required("mobile", "NUMBER", "what follow-me rings as well")
                    .required("group", "NUMBER", "the ring group to join")
                    .running(FreePbxProvision::run);

    private FreePbxProvision() {}

    /** Runs the sample. */
    public static void main(String[] args) {
        SAMPLE.start(args);
    }

    private static void run(SampleContext sample) {
        String number = sample.option("extension");
        try (FreePbxClient pbx = FreePbxInventory.client(sample)) {
            RingGroup group = pbx.ringGroups().get(sample.option("group"));
            Extension made =
                    pbx.extensions()
                            .create(
                                    NewExtension.of(
                                                    number,
                                                    sample.option("name"),
                                                    sample.option("email"))
                                            .voicemail(sample.option("pin"))
                                            .maxContacts(2)
                                            .build());
            sample.print(
                    JsonLine.of("extension", made.number()).and("name", made.name()),
                    "extension " + made.number() + " for " + made.name());

            pbx.followMe()
                    .update(
                            FollowMeSettings.of(number)
                                    .numbers(List.of(number, sample.option("mobile") + "#"))
                                    .build());
            List<String> members = new ArrayList<>(group.members());
            members.add(number);
            RingGroup joined =
                    pbx.ringGroups()
                            .update(RingGroupSettings.of(group.number()).members(members).build());
            sample.print(
                    JsonLine.of("ringGroup", joined.number()).and("members", joined.members()),
                    "in ring group " + joined.number() + " with " + joined.members());

            ApplyResult live = pbx.applyConfig(progress -> sample.progress(progress.toString()));
            sample.print(
                    JsonLine.of("live", true).and("tookMs", live.duration().toMillis()),
                    "live after " + live.duration().toMillis() + " ms");
        }
    }
}
