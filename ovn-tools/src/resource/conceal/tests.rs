//! What is taken out, and what stays.

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// What must never be seen.
const KEY: &str = "hunter2-7f3a9c";

fn concealed(mut object: Json) -> (Json, usize) {
    let concealed = conceal(&mut object);
    let text = object.to_string();
    assert!(!text.contains(KEY), "{text}");
    (object, concealed.count)
}

#[test]
fn keys_are_taken_out_wherever_an_object_has_them() {
    let token = format!("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0abc.{KEY}");
    let (pod, count) = concealed(json!({
        "kind": "Pod",
        "metadata": {
            "name": "a",
            "managedFields": [{"fieldsV1": {"f:data": {"f:password": {}}}}],
            "annotations": {
                "kubectl.kubernetes.io/last-applied-configuration": format!("{{\"env\":\"{KEY}\"}}"),
                "k8s.v1.cni.cncf.io/networks": format!("[{{\"name\":\"n\",\"psk\":\"{KEY}\"}}]"),
                "plain": "stays",
            },
        },
        "spec": {
            "imagePullSecrets": [{"name": "registry"}],
            "containers": [{
                "args": ["--port=80", format!("--token={KEY}"), "--client-secret", KEY, "--verbose"],
                "command": ["sh", "-c", format!("curl https://user:{KEY}@host/x")],
                "env": [
                    {"name": "DB_PASSWORD", "value": KEY},
                    {"name": "SECRET_NAME", "value": "my-secret"},
                    {"name": "AWS_SECRET_ACCESS_KEY", "value": KEY},
                    {"name": "SSH_KEY", "value": KEY},
                    {"name": "PORT", "value": "80"},
                    {"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}},
                    {"name": "CONFIG", "value": format!("user: a\npassword: {KEY}\nport: 1")},
                ],
            }],
            "volumes": [{"secret": {"secretName": "s", "defaultMode": 420}}],
            "serviceAccountToken": {"audience": "a", "expirationSeconds": 3607},
        },
        "status": {"message": token},
    }));
    let pod = serde_json::to_string_pretty(&pod).expect("JSON");
    insta::assert_snapshot!(pod);
    assert_eq!(count, 10);
}

#[test]
fn secrets_requests_and_binary_values_are_taken_out_whole() {
    let (secret, _) = concealed(json!({
        "kind": "Secret", "metadata": {"name": "s"}, "data": {"a": KEY}, "stringData": {"b": KEY},
    }));
    assert_eq!(secret, json!({"kind": "Secret", "metadata": {"name": "s"}}));
    let (review, _) = concealed(json!({"kind": "TokenReview", "spec": {"token": KEY}}));
    assert_eq!(review, json!({"kind": "TokenReview"}));
    let (request, count) = concealed(json!({
        "kind": "CertificateSigningRequest",
        "spec": {"request": KEY, "signerName": "s"},
        "status": {"certificate": KEY, "conditions": [{"type": "Approved"}]},
    }));
    assert_eq!(count, 2);
    assert_eq!(request["spec"]["signerName"], "s");
    assert_eq!(request["status"]["conditions"][0]["type"], "Approved");
    let (map, _) = concealed(json!({
        "kind": "ConfigMap",
        "data": {
            "kubeconfig": KEY,
            "app.conf": format!("name=a\nclient-key-data: {KEY}\n-----BEGIN RSA PRIVATE KEY-----\n{KEY}\n-----END RSA PRIVATE KEY-----\nlast=1"),
        },
        "binaryData": {"blob": KEY},
    }));
    assert_eq!(
        map["data"]["app.conf"],
        "name=a\nclient-key-data: (concealed)\n(concealed)\nlast=1"
    );
}

#[test]
fn kinds_of_secrets_are_told_by_their_names() {
    for kind in [
        "Secret",
        "secrets",
        "SealedSecret",
        "TokenReview",
        "OAuthAccessToken",
    ] {
        assert!(is_secret_kind(kind), "{kind}");
    }
    for kind in ["Pod", "ServiceAccount", "ConfigMap", "EgressIP"] {
        assert!(!is_secret_kind(kind), "{kind}");
    }
}

#[test]
fn lines_of_logs_lose_their_keys_and_nothing_else() {
    let lines = [
        format!("I0101 get https://a:{KEY}@b:80/x"),
        format!("Authorization: Bearer {KEY} sent"),
        format!("{{\"level\":\"info\",\"token\":\"{KEY}\"}}"),
        format!("level=info password={KEY} user=a"),
        format!("api_key: \"{KEY}\""),
        "secretName=default-token waits for tokenTTL=3".to_owned(),
        "10.0.0.1:80 -> fd00::1 key=lsp".to_owned(),
    ];
    let shown = lines.map(|line| {
        let (text, _) = conceal_text(&line);
        assert!(!text.contains(KEY), "{text}");
        text
    });
    insta::assert_snapshot!(shown.join("\n"), @r#"
    I0101 get https://(concealed)@b:80/x
    Authorization: Bearer (concealed) sent
    {"level":"info","token":"(concealed)"}
    level=info password=(concealed) user=a
    api_key: (concealed)
    secretName=default-token waits for tokenTTL=3
    10.0.0.1:80 -> fd00::1 key=lsp
    "#);
}

proptest! {
    #[test]
    fn a_key_never_survives_under_a_name_that_tells(
        word in prop::sample::select(KEY_WORDS.as_slice()),
        lead in "[a-z]{0,4}[-_.]?",
        depth in 0_usize..5,
    ) {
        let mut object = json!({format!("{lead}{word}"): KEY});
        for _ in 0..depth {
            object = json!({"spec": [object]});
        }
        conceal(&mut object);
        prop_assert!(!object.to_string().contains(KEY));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}|([a-z:= \"{}@/]|eyJ|token|-----BEGIN|PRIVATE KEY-----|\\n){0,30}") {
        let _ = conceal_text(&text);
    }
}
