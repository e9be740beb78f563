export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * CertificateShown
         * @description An officer showed this certificate on entering (R25).
         */
        CertificateShown: {
            certificate_number: string;
            /** Format: uuid */
            inspector_id: string;
        };
        /**
         * CheckInBody
         * @description An arrival on site; without a position it says why there is none.
         */
        CheckInBody: {
            distance_note: string | null;
            /** Format: date-time */
            entered_at: string;
            no_position_because: ("denied" | "timeout" | "unavailable") | null;
            /** Format: uuid */
            part_id: string;
            position: components["schemas"]["MeasuredPosition"] | null;
        };
        /**
         * CheckInOperation
         * @description An officer arrives on site.
         */
        CheckInOperation: {
            /** Format: uuid */
            account_id: string;
            /** @enum {unknown} */
            alg: "ES256";
            body: components["schemas"]["CheckInBody"];
            /** Format: date-time */
            captured_at: string;
            clock_offset_ms: number;
            depends_on: string[];
            /** Format: uuid */
            device_id: string;
            /** Format: uuid */
            id: string;
            /** @enum {unknown} */
            kind: "part.check_in";
            nonce: string;
            previous_sha256: string;
            /** @enum {unknown} */
            schema: "palmcheck/operation/v1";
            sequence: number;
            supersedes: string | null;
        };
        /**
         * ContactAttempt
         * @description One attempt to reach the party: when, how, and what came of it.
         */
        ContactAttempt: {
            /** Format: date-time */
            at: string;
            note: string;
            /** @enum {unknown} */
            way: "letter" | "message" | "other" | "phone" | "visit";
        };
        /**
         * CountersignBody
         * @description An officer signs his colleague's submission on his own phone (R3): by the hash of the signed operation.
         */
        CountersignBody: {
            /** Format: uuid */
            part_id: string;
            /** Format: date-time */
            signed_at: string;
            submission_sha256: string;
        };
        /**
         * CountersignOperation
         * @description An officer signs his colleague's submission on his own phone (R3).
         */
        CountersignOperation: {
            /** Format: uuid */
            account_id: string;
            /** @enum {unknown} */
            alg: "ES256";
            body: components["schemas"]["CountersignBody"];
            /** Format: date-time */
            captured_at: string;
            clock_offset_ms: number;
            depends_on: string[];
            /** Format: uuid */
            device_id: string;
            /** Format: uuid */
            id: string;
            /** @enum {unknown} */
            kind: "part.countersign";
            nonce: string;
            previous_sha256: string;
            /** @enum {unknown} */
            schema: "palmcheck/operation/v1";
            sequence: number;
            supersedes: string | null;
        };
        /**
         * ExpertFinding
         * @description What an expert found (R22): attached to a question or the part; he signs nothing, the department answers.
         */
        ExpertFinding: {
            expert_id: string | null;
            expert_name: string;
            /** Format: uuid */
            id: string;
            photo_ids: string[];
            question_key: string | null;
            text: string;
        };
        /**
         * FoundProblem
         * @description A problem found (R13), at a question answered no or anywhere; an order to correct has its last day.
         */
        FoundProblem: {
            due_on: string | null;
            /** @enum {unknown} */
            handling: "case" | "on_the_spot" | "order_to_correct";
            /** Format: uuid */
            id: string;
            photo_ids: string[];
            question_key: string | null;
            what: string;
        };
        /**
         * MeasuredPosition
         * @description A measured WGS-84 position in degrees, its accuracy in metres.
         */
        MeasuredPosition: {
            accuracy_m: number;
            latitude: number;
            longitude: number;
        };
        /**
         * OfficerSignature
         * @description An officer's signature on the screen.
         */
        OfficerSignature: {
            /** Format: uuid */
            inspector_id: string;
            /** Format: date-time */
            signed_at: string;
            strokes: number[][];
        };
        /**
         * Outcome
         * @description A result of its own: no inspection by the checklist took place. `on_site_rules` says what each kind needs.
         *
         *         `registry_doubt`: the registry's facts look wrong; a request to correct them is opened.
         */
        Outcome: {
            attempts: components["schemas"]["ContactAttempt"][];
            /** @enum {unknown} */
            kind: "closed" | "not_found" | "refused" | "unreachable";
            no_position_because: ("denied" | "timeout" | "unavailable") | null;
            note: string | null;
            photo_ids: string[];
            position: components["schemas"]["MeasuredPosition"] | null;
            registry_doubt: boolean;
            witness: components["schemas"]["Witness"] | null;
        };
        /**
         * PartyRefused
         * @description The inspected party refuses to sign: the reason is noted, a witness or a photo stands for it (R29).
         */
        PartyRefused: {
            /** @enum {unknown} */
            kind: "refused";
            /** @default [] */
            photo_ids?: string[];
            reason: string;
            /** Format: date-time */
            refused_at: string;
            /** @default null */
            witness?: components["schemas"]["Witness"] | null;
        };
        /**
         * PartySigned
         * @description The inspected party signs the record (R29).
         */
        PartySigned: {
            /** @enum {unknown} */
            kind: "signed";
            name: string;
            /** Format: date-time */
            signed_at: string;
            strokes: number[][];
        };
        /**
         * PhotoRef
         * @description A photo that comes by upload: SHA-256 of the bytes uploaded and of the original before shrinking.
         *
         *         `annotates`: the photo of the same submission that this is a copy of, drawn upon; that photo stays as it was.
         */
        PhotoRef: {
            /** @default null */
            annotates?: string | null;
            bytes: number;
            /** Format: date-time */
            captured_at: string;
            height: number;
            /** Format: uuid */
            id: string;
            /** @enum {unknown} */
            media_type: "image/jpeg" | "image/png" | "image/webp";
            original_sha256: string;
            question_key: string | null;
            sha256: string;
            width: number;
        };
        /**
         * RecusalBody
         * @description The enterprise asks that officers withdraw (R21); the visit goes on or stops until the lead has decided.
         */
        RecusalBody: {
            /** Format: date-time */
            asked_at: string;
            asked_by: string;
            goes_on: boolean;
            inspector_ids: string[];
            /** Format: uuid */
            part_id: string;
            reason: string;
        };
        /**
         * RecusalOperation
         * @description The enterprise asks that officers withdraw (R21).
         */
        RecusalOperation: {
            /** Format: uuid */
            account_id: string;
            /** @enum {unknown} */
            alg: "ES256";
            body: components["schemas"]["RecusalBody"];
            /** Format: date-time */
            captured_at: string;
            clock_offset_ms: number;
            depends_on: string[];
            /** Format: uuid */
            device_id: string;
            /** Format: uuid */
            id: string;
            /** @enum {unknown} */
            kind: "part.recusal";
            nonce: string;
            previous_sha256: string;
            /** @enum {unknown} */
            schema: "palmcheck/operation/v1";
            sequence: number;
            supersedes: string | null;
        };
        /**
         * SignedOperation
         * @description An operation with the device's signature (ES256: raw r||s, unpadded base64url).
         */
        SignedOperation: {
            operation: components["schemas"]["CheckInOperation"] | components["schemas"]["CountersignOperation"] | components["schemas"]["RecusalOperation"] | components["schemas"]["SubmitOperation"];
            signature: string;
        };
        /**
         * SubmitBody
         * @description The result of one part as entered on the phone, on site.
         *
         *         With an `outcome` the checklist was not asked for. `page_code_sha256`: of the code of the party's page (R29).
         *         `countersigners`: officers who sign on their own phones instead of on this screen; the part waits for them.
         *         A phone from before these fields is told what lacks, in words that it knows how to show.
         */
        SubmitBody: {
            answers: Record<string, never>;
            /** @default [] */
            certificates_shown?: components["schemas"]["CertificateShown"][];
            /** Format: uuid */
            checklist_id: string;
            /** @default [] */
            countersigners?: string[];
            /** Format: date-time */
            entered_at: string;
            /** @default [] */
            expert_findings?: components["schemas"]["ExpertFinding"][];
            /** Format: date-time */
            left_at: string;
            officer_signatures: components["schemas"]["OfficerSignature"][];
            /** @default null */
            outcome?: components["schemas"]["Outcome"] | null;
            /** @default null */
            page_code_sha256?: string | null;
            /** Format: uuid */
            part_id: string;
            party: (components["schemas"]["PartySigned"] | components["schemas"]["PartyRefused"]) | null;
            photos: components["schemas"]["PhotoRef"][];
            /** @default [] */
            problems?: components["schemas"]["FoundProblem"][];
            result_code: string;
            rights_read_at: string | null;
            statement: string | null;
        };
        /**
         * SubmitOperation
         * @description An officer submits the result of a part.
         */
        SubmitOperation: {
            /** Format: uuid */
            account_id: string;
            /** @enum {unknown} */
            alg: "ES256";
            body: components["schemas"]["SubmitBody"];
            /** Format: date-time */
            captured_at: string;
            clock_offset_ms: number;
            depends_on: string[];
            /** Format: uuid */
            device_id: string;
            /** Format: uuid */
            id: string;
            /** @enum {unknown} */
            kind: "part.submit";
            nonce: string;
            previous_sha256: string;
            /** @enum {unknown} */
            schema: "palmcheck/operation/v1";
            sequence: number;
            supersedes: string | null;
        };
        /**
         * Witness
         * @description Somebody who saw it and signs for that (R29). `role`: what he is there, such as a neighbour.
         */
        Witness: {
            name: string;
            role: string;
            /** Format: date-time */
            signed_at: string;
            strokes: number[][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
