--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: pg_trgm; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


--
-- Name: EXTENSION pg_trgm; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


--
-- Name: count_keys(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.count_keys() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      update key_count c
      set active = c.active + n.active * tg_argv[0]::int, inactive = c.inactive + n.inactive * tg_argv[0]::int
      from (
        select account_id,
          count(*) filter (where status = 'active') as active,
          count(*) filter (where status = 'inactive') as inactive
        from counted group by account_id
      ) n
      where c.account_id = n.account_id;
      return null;
    end $$;


--
-- Name: recount_key(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.recount_key() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    begin
      update key_count set
        active = active + (new.status = 'active')::int - (old.status = 'active')::int,
        inactive = inactive + (new.status = 'inactive')::int - (old.status = 'inactive')::int
      where account_id = new.account_id;
      return null;
    end $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: account; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account (
    id text NOT NULL COLLATE pg_catalog."C",
    slug text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    renewal_period_months integer NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT account_renewal_period_months_check CHECK ((renewal_period_months = ANY (ARRAY[3, 6])))
);


--
-- Name: api_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_key (
    search_row bigint,
    account_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    identifier text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    sort_name text NOT NULL COLLATE pg_catalog."C",
    search_text text NOT NULL COLLATE pg_catalog."C",
    status text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    expires_at bigint,
    last_used_at bigint DEFAULT 0 NOT NULL,
    renewal_started_at bigint,
    complete_at bigint,
    three_months_old_at bigint NOT NULL,
    six_months_old_at bigint NOT NULL,
    nine_months_old_at bigint NOT NULL,
    link_id text COLLATE pg_catalog."C",
    version integer NOT NULL,
    CONSTRAINT api_key_completes_renewal CHECK (((complete_at IS NULL) OR (renewal_started_at IS NOT NULL))),
    CONSTRAINT api_key_search_row_check CHECK ((search_row IS NULL)),
    CONSTRAINT api_key_status_check CHECK ((status = ANY (ARRAY['active'::text, 'inactive'::text])))
);


--
-- Name: api_key_role; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_key_role (
    account_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: api_token; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_token (
    account_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    slot text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    delivered_at bigint,
    last_used_at bigint DEFAULT 0 NOT NULL,
    CONSTRAINT api_token_slot_check CHECK ((slot = ANY (ARRAY['current'::text, 'old'::text])))
);


--
-- Name: audit_event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_event (
    account_id text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    actor_kind text NOT NULL COLLATE pg_catalog."C",
    actor_id text COLLATE pg_catalog."C",
    actor_name text NOT NULL COLLATE pg_catalog."C",
    actor_text text NOT NULL COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    key_id text COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    details text NOT NULL COLLATE pg_catalog."C",
    from_address text COLLATE pg_catalog."C",
    previous_hash text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: audit_head; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_head (
    account_id text NOT NULL COLLATE pg_catalog."C",
    sequence bigint NOT NULL,
    hash text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: external_key; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.external_key (
    account_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    identifier text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    added_at bigint NOT NULL,
    version integer NOT NULL
);


--
-- Name: external_key_role; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.external_key_role (
    account_id text NOT NULL COLLATE pg_catalog."C",
    external_key_id text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: idempotency_record; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency_record (
    scope text NOT NULL COLLATE pg_catalog."C",
    key_hash text NOT NULL COLLATE pg_catalog."C",
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    response bytea,
    created_at bigint NOT NULL
);


--
-- Name: instance; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.instance (
    only_row integer NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    administrator_person_id text COLLATE pg_catalog."C",
    secret_check text COLLATE pg_catalog."C",
    CONSTRAINT instance_only_row_check CHECK ((only_row = 1))
);


--
-- Name: issued_identifier; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.issued_identifier (
    identifier text NOT NULL COLLATE pg_catalog."C",
    account_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: key_count; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.key_count (
    account_id text NOT NULL COLLATE pg_catalog."C",
    active bigint NOT NULL,
    inactive bigint NOT NULL
);


--
-- Name: link; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.link (
    account_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    token_id text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    ciphertext bytea,
    redeemed_at bigint,
    redeemed_from text COLLATE pg_catalog."C",
    attempt_noted_at bigint DEFAULT 0 NOT NULL,
    CONSTRAINT link_erased_when_gone CHECK (((state = 'unread'::text) OR (ciphertext IS NULL))),
    CONSTRAINT link_redeemed_at_a_time CHECK (((state = 'redeemed'::text) = (redeemed_at IS NOT NULL))),
    CONSTRAINT link_state_check CHECK ((state = ANY (ARRAY['unread'::text, 'redeemed'::text, 'withdrawn'::text])))
);


--
-- Name: member; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.member (
    account_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    person_id text COLLATE pg_catalog."C",
    joined_at bigint,
    invitation_hash text COLLATE pg_catalog."C",
    invitation_expires_at bigint,
    CONSTRAINT member_invited_or_active CHECK ((((person_id IS NULL) = (joined_at IS NULL)) AND ((invitation_hash IS NULL) = (invitation_expires_at IS NULL)) AND ((person_id IS NULL) <> (invitation_hash IS NULL))))
);


--
-- Name: member_role; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.member_role (
    account_id text NOT NULL COLLATE pg_catalog."C",
    member_id text NOT NULL COLLATE pg_catalog."C",
    role_id text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: migration; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.migration (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    executed_at timestamp(6) with time zone DEFAULT CURRENT_TIMESTAMP(6) NOT NULL
);


--
-- Name: migration_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.migration_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: migration_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.migration_id_seq OWNED BY public.migration.id;


--
-- Name: person; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    email text NOT NULL COLLATE pg_catalog."C",
    email_verified boolean NOT NULL,
    image text COLLATE pg_catalog."C",
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);


--
-- Name: person_credential; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person_credential (
    id text NOT NULL COLLATE pg_catalog."C",
    person_id text NOT NULL COLLATE pg_catalog."C",
    provider_id text NOT NULL COLLATE pg_catalog."C",
    provider_account_id text NOT NULL COLLATE pg_catalog."C",
    access_token text COLLATE pg_catalog."C",
    refresh_token text COLLATE pg_catalog."C",
    id_token text COLLATE pg_catalog."C",
    access_token_expires_at timestamp(3) with time zone,
    refresh_token_expires_at timestamp(3) with time zone,
    scope text COLLATE pg_catalog."C",
    password text COLLATE pg_catalog."C",
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);


--
-- Name: person_session; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person_session (
    id text NOT NULL COLLATE pg_catalog."C",
    person_id text NOT NULL COLLATE pg_catalog."C",
    token text NOT NULL COLLATE pg_catalog."C",
    expires_at timestamp(3) with time zone NOT NULL,
    ip_address text COLLATE pg_catalog."C",
    user_agent text COLLATE pg_catalog."C",
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);


--
-- Name: person_verification; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.person_verification (
    id text NOT NULL COLLATE pg_catalog."C",
    identifier text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    expires_at timestamp(3) with time zone NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);


--
-- Name: role; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.role (
    account_id text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    folded_name text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    permissions text NOT NULL COLLATE pg_catalog."C",
    predefined text COLLATE pg_catalog."C",
    created_at bigint NOT NULL,
    CONSTRAINT role_predefined_check CHECK ((predefined = ANY (ARRAY['owner'::text, 'viewer'::text])))
);


--
-- Name: usage_day; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.usage_day (
    account_id text NOT NULL COLLATE pg_catalog."C",
    key_id text NOT NULL COLLATE pg_catalog."C",
    day text NOT NULL COLLATE pg_catalog."C",
    token_id text NOT NULL COLLATE pg_catalog."C",
    count bigint NOT NULL
);


--
-- Name: migration id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration ALTER COLUMN id SET DEFAULT nextval('public.migration_id_seq'::regclass);


--
-- Data for Name: account; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.account VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', 'globex', 'Globex', 3, 1795599649671);
INSERT INTO public.account VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 'acme', 'acme', 6, 1795599649461);


--
-- Data for Name: api_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_key VALUES (NULL, '01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bfb-776a-9ea2-be4b8058e95a', 'lk-acme-R641E28S', 'Renewal under way', 'renewal under way', 'renewal under way
lk-acme-r641e28s', 'active', 1795599649786, NULL, 0, 1795599649817, NULL, 1803548449786, 1811238049786, 1819186849786, '01a21214-4c1a-715e-9f9a-0f1d0e29f6ee', 2);
INSERT INTO public.api_key VALUES (NULL, '01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c3c-733a-80ef-2747535c6ebd', 'lk-acme-PZN34MJW', 'Link still open', 'link still open', 'link still open
lk-acme-pzn34mjw', 'active', 1795599649851, 1924992000000, 0, NULL, NULL, 1803548449851, 1811238049851, 1819186849851, '01a21214-4c3c-733a-80ef-216684dbe084', 1);
INSERT INTO public.api_key VALUES (NULL, '01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c51-70a6-84ee-a48eb0ef5611', 'lk-acme-EAHPTFWP', 'Switched off', 'switched off', 'switched off
lk-acme-eahptfwp', 'inactive', 1795599649872, NULL, 0, NULL, NULL, 1803548449872, 1811238049872, 1819186849872, '01a21214-4c50-71a7-8594-a90166e46d24', 2);
INSERT INTO public.api_key VALUES (NULL, '01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', 'lk-acme-NEG1MWPG', 'Pedidos São Paulo', 'pedidos sao paulo', 'pedidos sao paulo
lk-acme-neg1mwpg', 'active', 1795599649741, NULL, 1795599649997, NULL, NULL, 1803548449741, 1811238049741, 1819186849741, '01a21214-4bcf-70a7-bef2-f44d60ec6abc', 1);


--
-- Data for Name: api_key_role; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_key_role VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', '01a21214-4ba8-7401-9c63-a59ad0f0cc8d');
INSERT INTO public.api_key_role VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bfb-776a-9ea2-be4b8058e95a', '01a21214-4ba8-7401-9c63-a59ad0f0cc8d');
INSERT INTO public.api_key_role VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c3c-733a-80ef-2747535c6ebd', '01a21214-4ba8-7401-9c63-a59ad0f0cc8d');
INSERT INTO public.api_key_role VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c51-70a6-84ee-a48eb0ef5611', '01a21214-4ba8-7401-9c63-a59ad0f0cc8d');


--
-- Data for Name: api_token; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.api_token VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bfb-776a-9ea2-b5befb06506b', '01a21214-4bfb-776a-9ea2-be4b8058e95a', '4x-cfEbaln3UsJESg5SHX5_-lMKPB3-zo-3PsbksnUg', 'old', 1795599649786, 1795599649805, 0);
INSERT INTO public.api_token VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c1a-715e-9f9a-09e7db115bca', '01a21214-4bfb-776a-9ea2-be4b8058e95a', 'kBq8Mn9SBxv1jTwDl7U12aK4IGfBpiEkIPsbBlo1ykE', 'current', 1795599649817, 1795599649837, 0);
INSERT INTO public.api_token VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c3c-733a-80ef-1d9c01b26dae', '01a21214-4c3c-733a-80ef-2747535c6ebd', 'X4Nj6tMPH-KjTnQoSPCcBHgjc86qnJd57tnqJa-W5l8', 'current', 1795599649851, NULL, 0);
INSERT INTO public.api_token VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c50-71a7-8594-a58636776b9f', '01a21214-4c51-70a6-84ee-a48eb0ef5611', 'UCX-dS-A53smXXzTAHjVY0rw7fy3kV1Ng1DaLLn9q4o', 'current', 1795599649872, 1795599649888, 0);
INSERT INTO public.api_token VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bce-7650-9e6a-37c0e0a3a3a7', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', 'AYVCs2NWBc-UmaPRBYWr0qCEQxpj8mGAA7wkmiUyBMw', 'current', 1795599649741, 1795599649772, 1795599649997);


--
-- Data for Name: audit_event; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 1, '01a21214-4ac0-70d2-9b08-9e7d5c124115', 1795599649472, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'account.created', NULL, 'acme', '{}', NULL, '', 'It93TAIKzAgDPN1yDVzuwZ_3bCz7cfaupVugTOnH5_8');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 2, '01a21214-4ac3-7016-b1b2-1a6f87e0de94', 1795599649475, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'instance.set-up', NULL, 'acme', '{}', NULL, 'It93TAIKzAgDPN1yDVzuwZ_3bCz7cfaupVugTOnH5_8', 'aEZxjh5gFYqC0b016MNZW-BWqKswzlmfflgBR-jPEr0');
INSERT INTO public.audit_event VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', 1, '01a21214-4b8e-727c-9e1b-ae3d8109f29c', 1795599649678, 'member', '01a21214-4b8c-766b-a562-622bc36fae16', 'ana@acme.example', 'ana@acme.example', 'account.created', NULL, 'globex', '{}', '127.0.0.1', '', 'lV2rc4QAoTks1uyNHzOQLsyv__jxxQtMsbaKMWAEV_Y');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 3, '01a21214-4ba9-7406-82f8-e4282f132dad', 1795599649705, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'role.created', NULL, 'Orders', '{"permissions":["orders.read","orders.write"]}', '127.0.0.1', 'aEZxjh5gFYqC0b016MNZW-BWqKswzlmfflgBR-jPEr0', 'qYBTZA3xOWILFnGgh3I8W78cvXrOaIJO0RaeXxPPa7A');
INSERT INTO public.audit_event VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', 2, '01a21214-4bb9-7151-b6d4-814e50088798', 1795599649721, 'member', '01a21214-4b8c-766b-a562-622bc36fae16', 'ana@acme.example', 'ana@acme.example', 'role.created', NULL, 'Guest', '{"permissions":["orders.read"]}', '127.0.0.1', 'lV2rc4QAoTks1uyNHzOQLsyv__jxxQtMsbaKMWAEV_Y', 'fnfFD1YpcOIImYxcyuZ12UWTVbzkX_9Qj74v_yvjZAE');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 4, '01a21214-4bd9-72c0-89c3-b44825a233b4', 1795599649753, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'key.generated', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', 'lk-acme-NEG1MWPG', '{"name":"Pedidos São Paulo","roles":["Orders"]}', '127.0.0.1', 'qYBTZA3xOWILFnGgh3I8W78cvXrOaIJO0RaeXxPPa7A', 'zkgbZyxFBfB4mnhJGF7PdJaOoFbxL929Bc9t-SX5gKQ');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 5, '01a21214-4bee-71fd-b4ed-e6b1a1241da8', 1795599649774, 'reader', NULL, 'Reader of the link', 'reader of the link', 'link.redeemed', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', 'lk-acme-NEG1MWPG', '{}', '127.0.0.1', 'zkgbZyxFBfB4mnhJGF7PdJaOoFbxL929Bc9t-SX5gKQ', 'uejHCfZUDJAf4OieK2MWIYDpSm-JxjGptVH5fzO4MX4');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 6, '01a21214-4c01-74f8-82d4-157e79f800d6', 1795599649794, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'key.generated', '01a21214-4bfb-776a-9ea2-be4b8058e95a', 'lk-acme-R641E28S', '{"name":"Renewal under way","roles":["Orders"]}', '127.0.0.1', 'uejHCfZUDJAf4OieK2MWIYDpSm-JxjGptVH5fzO4MX4', 'LuOaqCiEPTJlfDN32gI5W-WdsNbHm_yvdbNRPZPF12Q');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 7, '01a21214-4c0f-7146-8f72-d4383edfff1d', 1795599649807, 'reader', NULL, 'Reader of the link', 'reader of the link', 'link.redeemed', '01a21214-4bfb-776a-9ea2-be4b8058e95a', 'lk-acme-R641E28S', '{}', '127.0.0.1', 'LuOaqCiEPTJlfDN32gI5W-WdsNbHm_yvdbNRPZPF12Q', 'd5j_tqWRgPH-irfzJYrB731Z3v1wLfxj5_wjm_1LB-c');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 8, '01a21214-4c23-71b7-b062-4c7092065605', 1795599649827, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'renewal.initiated', '01a21214-4bfb-776a-9ea2-be4b8058e95a', 'lk-acme-R641E28S', '{"completeAt":null}', '127.0.0.1', 'd5j_tqWRgPH-irfzJYrB731Z3v1wLfxj5_wjm_1LB-c', 'AdH2IWQQ99l85cQu3epTsZhI4b8nGoDaeJjK3RbxaCM');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 9, '01a21214-4c2e-7731-ac7f-b97378d11c2c', 1795599649838, 'reader', NULL, 'Reader of the link', 'reader of the link', 'link.redeemed', '01a21214-4bfb-776a-9ea2-be4b8058e95a', 'lk-acme-R641E28S', '{}', '127.0.0.1', 'AdH2IWQQ99l85cQu3epTsZhI4b8nGoDaeJjK3RbxaCM', 'Tk4mdh2haXlkqHvB90BBDa2pqHT0Uni2O8oTNNfstZo');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 10, '01a21214-4c43-7143-beaa-1e773105f0d2', 1795599649859, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'key.generated', '01a21214-4c3c-733a-80ef-2747535c6ebd', 'lk-acme-PZN34MJW', '{"name":"Link still open","roles":["Orders"]}', '127.0.0.1', 'Tk4mdh2haXlkqHvB90BBDa2pqHT0Uni2O8oTNNfstZo', 'nB4dcWTyqGAP8fdO0TyIzdc--HhzhTw_UWmru0io8S0');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 11, '01a21214-4c56-70f3-a6c0-dbc75bf93dbf', 1795599649878, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'key.generated', '01a21214-4c51-70a6-84ee-a48eb0ef5611', 'lk-acme-EAHPTFWP', '{"name":"Switched off","roles":["Orders"]}', '127.0.0.1', 'nB4dcWTyqGAP8fdO0TyIzdc--HhzhTw_UWmru0io8S0', 'hWdRhWkoAf56px63TTDpJSPcJv2Pj60BoLTkxVS4k9w');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 12, '01a21214-4c62-75fe-96fb-40306d55597e', 1795599649890, 'reader', NULL, 'Reader of the link', 'reader of the link', 'link.redeemed', '01a21214-4c51-70a6-84ee-a48eb0ef5611', 'lk-acme-EAHPTFWP', '{}', '127.0.0.1', 'hWdRhWkoAf56px63TTDpJSPcJv2Pj60BoLTkxVS4k9w', 'DV-hRsYkgm2RKt-duh4dV1pMYV2OBabZwhL9dKQl_x8');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 13, '01a21214-4c72-7704-84a1-917f98697f95', 1795599649906, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'key.deactivated', '01a21214-4c51-70a6-84ee-a48eb0ef5611', 'lk-acme-EAHPTFWP', '{}', '127.0.0.1', 'DV-hRsYkgm2RKt-duh4dV1pMYV2OBabZwhL9dKQl_x8', 'HA8Wz362oCO8csnjsraN4Bmr06_R4q-z7CsjCtjOUQk');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 14, '01a21214-4c83-71a0-a032-f63de6dbb2df', 1795599649923, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'key.generated', '01a21214-4c7f-7692-817f-8d50fa5756c4', 'lk-acme-8TKAYZ3Y', '{"name":"Deleted","roles":[]}', '127.0.0.1', 'HA8Wz362oCO8csnjsraN4Bmr06_R4q-z7CsjCtjOUQk', 'iUStA7oFQm7wM4L7JLvdGfvI2N7OkZ_UDev9ULDPyG8');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 15, '01a21214-4c95-73f4-8403-7c8097c73a3d', 1795599649941, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'key.deleted', '01a21214-4c7f-7692-817f-8d50fa5756c4', 'lk-acme-8TKAYZ3Y', '{"name":"Deleted"}', '127.0.0.1', 'iUStA7oFQm7wM4L7JLvdGfvI2N7OkZ_UDev9ULDPyG8', 'iQs7XFbhvdmUDx6wGIi7pa21Os2oIjh5SlJZ6inVF8Q');
INSERT INTO public.audit_event VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', 3, '01a21214-4ca3-7082-b48e-0b4c7d9c0d97', 1795599649955, 'member', '01a21214-4b8c-766b-a562-622bc36fae16', 'ana@acme.example', 'ana@acme.example', 'external-key.added', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', 'lk-acme-NEG1MWPG', '{"roles":["Guest"]}', '127.0.0.1', 'fnfFD1YpcOIImYxcyuZ12UWTVbzkX_9Qj74v_yvjZAE', 'ofhVXmJjvt3sgW3E7OTeoD4vJ9YetGKgH57aFccaR0c');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 16, '01a21214-4cb4-7203-aaba-71163214eca2', 1795599649972, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'member.invited', NULL, 'rui@acme.example', '{"roles":[]}', '127.0.0.1', 'iQs7XFbhvdmUDx6wGIi7pa21Os2oIjh5SlJZ6inVF8Q', 'W8t7dX9UBgnebXafywQJxI98VacrrFbIatSAUhAu9LQ');
INSERT INTO public.audit_event VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 17, '01a21214-4cc1-70e3-9e0f-9941cbdc8578', 1795599649985, 'member', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana@acme.example', 'settings.changed', NULL, 'acme', '{"from":3,"to":6}', '127.0.0.1', 'W8t7dX9UBgnebXafywQJxI98VacrrFbIatSAUhAu9LQ', 'JY_-M6pFu7XyMk22i2M0dQDrM5Wvohhobxz5lz6tf_w');


--
-- Data for Name: audit_head; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit_head VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', 3, 'ofhVXmJjvt3sgW3E7OTeoD4vJ9YetGKgH57aFccaR0c');
INSERT INTO public.audit_head VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 17, 'JY_-M6pFu7XyMk22i2M0dQDrM5Wvohhobxz5lz6tf_w');


--
-- Data for Name: external_key; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.external_key VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', '01a21214-4ca1-7166-b049-87a13507b782', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', 'lk-acme-NEG1MWPG', 'acme', 1795599649953, 1);


--
-- Data for Name: external_key_role; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.external_key_role VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', '01a21214-4ca1-7166-b049-87a13507b782', '01a21214-4bb7-713c-9d44-5467ec9d0d87');


--
-- Data for Name: idempotency_record; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: instance; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.instance VALUES (1, 'd2884e18-ecbe-4155-bf1a-89b7080245f8', 'WEdVDPQfpITPXAW3cwg1jJpdonmbaeua', 'rwHjojQHWK0foszQuW-x1BJho9IwdAXwKvjlr1wVBDc');


--
-- Data for Name: issued_identifier; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.issued_identifier VALUES ('lk-acme-NEG1MWPG', '01a21214-4ab5-73fe-82cb-454d1752b730');
INSERT INTO public.issued_identifier VALUES ('lk-acme-R641E28S', '01a21214-4ab5-73fe-82cb-454d1752b730');
INSERT INTO public.issued_identifier VALUES ('lk-acme-PZN34MJW', '01a21214-4ab5-73fe-82cb-454d1752b730');
INSERT INTO public.issued_identifier VALUES ('lk-acme-EAHPTFWP', '01a21214-4ab5-73fe-82cb-454d1752b730');
INSERT INTO public.issued_identifier VALUES ('lk-acme-8TKAYZ3Y', '01a21214-4ab5-73fe-82cb-454d1752b730');


--
-- Data for Name: key_count; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.key_count VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', 0, 0);
INSERT INTO public.key_count VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', 3, 1);


--
-- Data for Name: link; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.link VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bcf-70a7-bef2-f44d60ec6abc', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', '01a21214-4bce-7650-9e6a-37c0e0a3a3a7', 'exm6El6VkShIAPHZUQInCCaBjkXC3wOv4225l7KhGjQ', 1795599649741, 1795686049741, 'redeemed', NULL, 1795599649772, '127.0.0.1', 0);
INSERT INTO public.link VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bfb-776a-9ea2-bb5b6877e32c', '01a21214-4bfb-776a-9ea2-be4b8058e95a', '01a21214-4bfb-776a-9ea2-b5befb06506b', 'V8fCQkIC3ZWhhUrvb-cLIKaibaxSj3H-ztmwDw1xaX4', 1795599649786, 1795686049786, 'redeemed', NULL, 1795599649805, '127.0.0.1', 0);
INSERT INTO public.link VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c1a-715e-9f9a-0f1d0e29f6ee', '01a21214-4bfb-776a-9ea2-be4b8058e95a', '01a21214-4c1a-715e-9f9a-09e7db115bca', 'eLvxCPlseSBcmApWaoNV_DLnx78b9eIXd5cHv9iBySw', 1795599649817, 1795686049817, 'redeemed', NULL, 1795599649837, '127.0.0.1', 0);
INSERT INTO public.link VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c3c-733a-80ef-216684dbe084', '01a21214-4c3c-733a-80ef-2747535c6ebd', '01a21214-4c3c-733a-80ef-1d9c01b26dae', 'QJofs2qxapGFNNiD1aLAYnUFQws86Xgcb4Uhw6rpp9Q', 1795599649851, 1795686049851, 'unread', '\x4cf552a6137e1f90c0a4290ac857fec508c5a989576cf3d424f23dd9934730b37b8a8cad9aebafb48df88164ad6adf9dbdb76d5c6665f3aa3992e2243b91180057eeb642d2d9c2925b502d4e426156a1', NULL, NULL, 0);
INSERT INTO public.link VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4c50-71a7-8594-a90166e46d24', '01a21214-4c51-70a6-84ee-a48eb0ef5611', '01a21214-4c50-71a7-8594-a58636776b9f', 'fNVFGTeJPxHxDO-VX0yD6aIcXVokxkPbFTC6D5Gnm_s', 1795599649872, 1795686049872, 'redeemed', NULL, 1795599649888, '127.0.0.1', 0);


--
-- Data for Name: member; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.member VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', 'ana@acme.example', 'ana', 1795599649461, 'WEdVDPQfpITPXAW3cwg1jJpdonmbaeua', 1795599649461, NULL, NULL);
INSERT INTO public.member VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', '01a21214-4b8c-766b-a562-622bc36fae16', 'ana@acme.example', 'ana', 1795599649671, 'WEdVDPQfpITPXAW3cwg1jJpdonmbaeua', 1795599649671, NULL, NULL);
INSERT INTO public.member VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4cb2-7113-a50b-4d863af54e5a', 'rui@acme.example', '', 1795599649968, NULL, NULL, 'JKSM4E_HWMKbgCZMuBEjEufVb0TaF3X9HvV2kcBnb1U', 1796204449968);


--
-- Data for Name: member_role; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.member_role VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4abc-70f3-a1ba-4f0f4ed416c4', '01a21214-4ab8-711a-9e0d-633afdeafff6');
INSERT INTO public.member_role VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', '01a21214-4b8c-766b-a562-622bc36fae16', '01a21214-4b88-708b-8dc4-692548683b2f');


--
-- Data for Name: migration; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.migration VALUES (1, '0001-people', '2026-11-25 09:40:49.181569+00');
INSERT INTO public.migration VALUES (2, '0002-accounts', '2026-11-25 09:40:49.181569+00');
INSERT INTO public.migration VALUES (3, '0003-keys', '2026-11-25 09:40:49.181569+00');
INSERT INTO public.migration VALUES (4, '0004-key-search', '2026-11-25 09:40:49.181569+00');
INSERT INTO public.migration VALUES (5, '0005-audit', '2026-11-25 09:40:49.181569+00');
INSERT INTO public.migration VALUES (6, '0006-changes', '2026-11-25 09:40:49.181569+00');


--
-- Data for Name: person; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.person VALUES ('WEdVDPQfpITPXAW3cwg1jJpdonmbaeua', 'ana', 'ana@acme.example', false, NULL, '2026-11-25 09:40:49.45+00', '2026-11-25 09:40:49.45+00');


--
-- Data for Name: person_credential; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.person_credential VALUES ('MjzvkUL9htZl4fZ0K4Z23S0yvlq2msgq', 'WEdVDPQfpITPXAW3cwg1jJpdonmbaeua', 'credential', 'WEdVDPQfpITPXAW3cwg1jJpdonmbaeua', NULL, NULL, NULL, NULL, NULL, NULL, 'dd700a8d6e672943379030ae5d315222:7828daba7939d50ea8c04da257f7d33f6ccfe8bc1aa450928dc06052b0ac883dfaaae11f9c440865615c96cec906752c6523746d0c3525cd968f7559c0cd52cf', '2026-11-25 09:40:49.454+00', '2026-11-25 09:40:49.454+00');


--
-- Data for Name: person_session; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.person_session VALUES ('PMsh5VZmg9yaahFg5W6e7X69ZTyTKerc', 'WEdVDPQfpITPXAW3cwg1jJpdonmbaeua', 'orQoYaE8Rxg_kXXGoLkaMtYsP2MO0o_Ykd1ZtKeHlqc', '2026-12-02 09:40:49.455+00', '', '', '2026-11-25 09:40:49.455+00', '2026-11-25 09:40:49.455+00');
INSERT INTO public.person_session VALUES ('MqWy6YKbrrJs3EG3GoW7Mo3WoHsvOTsY', 'WEdVDPQfpITPXAW3cwg1jJpdonmbaeua', 'xVE_oF4iaRdDH09R6mp-4PzOByBg896DjacZkCErG3M', '2026-12-02 09:40:49.641+00', '', 'node', '2026-11-25 09:40:49.641+00', '2026-11-25 09:40:49.641+00');


--
-- Data for Name: person_verification; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: role; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.role VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4ab8-711a-9e0d-633afdeafff6', 'Owner', 'owner', 'Everything in this account.', '["keys.view","keys.edit","keys.renew","keys.settings","roles.edit","members.edit","audit.view"]', 'owner', 1795599649461);
INSERT INTO public.role VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4ab8-711a-9e0d-6471a61212b5', 'Viewer', 'viewer', 'See, search and export the keys.', '["keys.view"]', 'viewer', 1795599649461);
INSERT INTO public.role VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', '01a21214-4b88-708b-8dc4-692548683b2f', 'Owner', 'owner', 'Everything in this account.', '["keys.view","keys.edit","keys.renew","keys.settings","roles.edit","members.edit","audit.view"]', 'owner', 1795599649671);
INSERT INTO public.role VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', '01a21214-4b88-708b-8dc4-6e31134efbf5', 'Viewer', 'viewer', 'See, search and export the keys.', '["keys.view"]', 'viewer', 1795599649671);
INSERT INTO public.role VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4ba8-7401-9c63-a59ad0f0cc8d', 'Orders', 'orders', 'Read and write orders', '["orders.read","orders.write"]', NULL, 1795599649704);
INSERT INTO public.role VALUES ('01a21214-4b87-70fa-9f25-0bb32aba2710', '01a21214-4bb7-713c-9d44-5467ec9d0d87', 'Guest', 'guest', '', '["orders.read"]', NULL, 1795599649719);


--
-- Data for Name: usage_day; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.usage_day VALUES ('01a21214-4ab5-73fe-82cb-454d1752b730', '01a21214-4bcf-70a7-bef2-faaf01c40b3f', '2026-11-25', '01a21214-4bce-7650-9e6a-37c0e0a3a3a7', 3);


--
-- Name: migration_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.migration_id_seq', 6, true);


--
-- Name: account account_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);


--
-- Name: account account_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_slug_key UNIQUE (slug);


--
-- Name: api_key api_key_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_id_key UNIQUE (id);


--
-- Name: api_key api_key_identifier_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_identifier_key UNIQUE (identifier);


--
-- Name: api_key api_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (account_id, id);


--
-- Name: api_key_role api_key_role_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key_role
    ADD CONSTRAINT api_key_role_pkey PRIMARY KEY (account_id, key_id, role_id);


--
-- Name: api_token api_token_account_id_key_id_slot_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_account_id_key_id_slot_key UNIQUE (account_id, key_id, slot);


--
-- Name: api_token api_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_hash_key UNIQUE (hash);


--
-- Name: api_token api_token_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (account_id, id);


--
-- Name: audit_event audit_event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (account_id, sequence);


--
-- Name: audit_head audit_head_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_pkey PRIMARY KEY (account_id);


--
-- Name: external_key external_key_account_id_key_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.external_key
    ADD CONSTRAINT external_key_account_id_key_id_key UNIQUE (account_id, key_id);


--
-- Name: external_key external_key_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.external_key
    ADD CONSTRAINT external_key_pkey PRIMARY KEY (account_id, id);


--
-- Name: external_key_role external_key_role_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.external_key_role
    ADD CONSTRAINT external_key_role_pkey PRIMARY KEY (account_id, external_key_id, role_id);


--
-- Name: idempotency_record idempotency_record_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_record
    ADD CONSTRAINT idempotency_record_pkey PRIMARY KEY (scope, key_hash);


--
-- Name: instance instance_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.instance
    ADD CONSTRAINT instance_pkey PRIMARY KEY (only_row);


--
-- Name: issued_identifier issued_identifier_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issued_identifier
    ADD CONSTRAINT issued_identifier_pkey PRIMARY KEY (identifier);


--
-- Name: key_count key_count_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.key_count
    ADD CONSTRAINT key_count_pkey PRIMARY KEY (account_id);


--
-- Name: link link_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_hash_key UNIQUE (hash);


--
-- Name: link link_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_id_key UNIQUE (id);


--
-- Name: link link_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_pkey PRIMARY KEY (account_id, id);


--
-- Name: member member_email_taken; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_email_taken UNIQUE (account_id, email);


--
-- Name: member member_invitation_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_invitation_hash_key UNIQUE (invitation_hash);


--
-- Name: member member_person_taken; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_person_taken UNIQUE (account_id, person_id);


--
-- Name: member member_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_pkey PRIMARY KEY (account_id, id);


--
-- Name: member_role member_role_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.member_role
    ADD CONSTRAINT member_role_pkey PRIMARY KEY (account_id, member_id, role_id);


--
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (id);


--
-- Name: person_credential person_credential_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_credential
    ADD CONSTRAINT person_credential_pkey PRIMARY KEY (id);


--
-- Name: person person_email_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_email_key UNIQUE (email);


--
-- Name: person person_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (id);


--
-- Name: person_session person_session_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_session
    ADD CONSTRAINT person_session_pkey PRIMARY KEY (id);


--
-- Name: person_session person_session_token_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_session
    ADD CONSTRAINT person_session_token_key UNIQUE (token);


--
-- Name: person_verification person_verification_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_verification
    ADD CONSTRAINT person_verification_pkey PRIMARY KEY (id);


--
-- Name: role role_name_taken; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_name_taken UNIQUE (account_id, folded_name);


--
-- Name: role role_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_pkey PRIMARY KEY (account_id, id);


--
-- Name: usage_day usage_day_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_day
    ADD CONSTRAINT usage_day_pkey PRIMARY KEY (account_id, key_id, day, token_id);


--
-- Name: api_key_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_age ON public.api_key USING btree (account_id, three_months_old_at, six_months_old_at, nine_months_old_at);


--
-- Name: api_key_by_completion; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_completion ON public.api_key USING btree (complete_at) WHERE (complete_at IS NOT NULL);


--
-- Name: api_key_by_creation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_creation ON public.api_key USING btree (account_id, created_at, id);


--
-- Name: api_key_by_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_name ON public.api_key USING btree (account_id, sort_name, id);


--
-- Name: api_key_by_status_and_creation; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_status_and_creation ON public.api_key USING btree (account_id, status, created_at, id);


--
-- Name: api_key_by_status_and_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_status_and_name ON public.api_key USING btree (account_id, status, sort_name, id);


--
-- Name: api_key_by_status_and_use; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_status_and_use ON public.api_key USING btree (account_id, status, last_used_at, id);


--
-- Name: api_key_by_use; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_by_use ON public.api_key USING btree (account_id, last_used_at, id);


--
-- Name: api_key_role_by_role; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_key_role_by_role ON public.api_key_role USING btree (account_id, role_id, key_id);


--
-- Name: audit_event_by_action; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_event_by_action ON public.audit_event USING btree (account_id, action, sequence);


--
-- Name: audit_event_by_actor; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_event_by_actor ON public.audit_event USING btree (account_id, actor_id, sequence);


--
-- Name: audit_event_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_event_by_key ON public.audit_event USING btree (account_id, key_id, sequence);


--
-- Name: external_key_role_by_role; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX external_key_role_by_role ON public.external_key_role USING btree (account_id, role_id);


--
-- Name: idempotency_record_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idempotency_record_by_age ON public.idempotency_record USING btree (created_at);


--
-- Name: key_search; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX key_search ON public.api_key USING gin (search_text public.gin_trgm_ops);


--
-- Name: link_by_key; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX link_by_key ON public.link USING btree (account_id, key_id);


--
-- Name: link_to_erase; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX link_to_erase ON public.link USING btree (expires_at) WHERE (ciphertext IS NOT NULL);


--
-- Name: member_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX member_by_person ON public.member USING btree (person_id);


--
-- Name: member_role_by_role; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX member_role_by_role ON public.member_role USING btree (account_id, role_id);


--
-- Name: person_credential_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX person_credential_by_person ON public.person_credential USING btree (person_id);


--
-- Name: person_session_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX person_session_by_person ON public.person_session USING btree (person_id);


--
-- Name: person_verification_by_identifier; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX person_verification_by_identifier ON public.person_verification USING btree (identifier);


--
-- Name: api_key key_count_added; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER key_count_added AFTER INSERT ON public.api_key REFERENCING NEW TABLE AS counted FOR EACH STATEMENT EXECUTE FUNCTION public.count_keys('1');


--
-- Name: api_key key_count_changed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER key_count_changed AFTER UPDATE OF status ON public.api_key FOR EACH ROW WHEN ((old.status <> new.status)) EXECUTE FUNCTION public.recount_key();


--
-- Name: api_key key_count_removed; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER key_count_removed AFTER DELETE ON public.api_key REFERENCING OLD TABLE AS counted FOR EACH STATEMENT EXECUTE FUNCTION public.count_keys('-1');


--
-- Name: api_key api_key_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: api_key_role api_key_role_account_id_key_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key_role
    ADD CONSTRAINT api_key_role_account_id_key_id_fkey FOREIGN KEY (account_id, key_id) REFERENCES public.api_key(account_id, id) ON DELETE CASCADE;


--
-- Name: api_key_role api_key_role_account_id_role_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_key_role
    ADD CONSTRAINT api_key_role_account_id_role_id_fkey FOREIGN KEY (account_id, role_id) REFERENCES public.role(account_id, id);


--
-- Name: api_token api_token_account_id_key_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_account_id_key_id_fkey FOREIGN KEY (account_id, key_id) REFERENCES public.api_key(account_id, id) ON DELETE CASCADE;


--
-- Name: audit_event audit_event_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_event
    ADD CONSTRAINT audit_event_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: audit_head audit_head_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_head
    ADD CONSTRAINT audit_head_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: external_key external_key_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.external_key
    ADD CONSTRAINT external_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: external_key_role external_key_role_account_id_external_key_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.external_key_role
    ADD CONSTRAINT external_key_role_account_id_external_key_id_fkey FOREIGN KEY (account_id, external_key_id) REFERENCES public.external_key(account_id, id) ON DELETE CASCADE;


--
-- Name: external_key_role external_key_role_account_id_role_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.external_key_role
    ADD CONSTRAINT external_key_role_account_id_role_id_fkey FOREIGN KEY (account_id, role_id) REFERENCES public.role(account_id, id);


--
-- Name: issued_identifier issued_identifier_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issued_identifier
    ADD CONSTRAINT issued_identifier_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: key_count key_count_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.key_count
    ADD CONSTRAINT key_count_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: link link_account_id_key_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.link
    ADD CONSTRAINT link_account_id_key_id_fkey FOREIGN KEY (account_id, key_id) REFERENCES public.api_key(account_id, id) ON DELETE CASCADE;


--
-- Name: member member_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.member
    ADD CONSTRAINT member_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: member_role member_role_account_id_member_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.member_role
    ADD CONSTRAINT member_role_account_id_member_id_fkey FOREIGN KEY (account_id, member_id) REFERENCES public.member(account_id, id) ON DELETE CASCADE;


--
-- Name: member_role member_role_account_id_role_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.member_role
    ADD CONSTRAINT member_role_account_id_role_id_fkey FOREIGN KEY (account_id, role_id) REFERENCES public.role(account_id, id);


--
-- Name: person_credential person_credential_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_credential
    ADD CONSTRAINT person_credential_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE CASCADE;


--
-- Name: person_session person_session_person_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.person_session
    ADD CONSTRAINT person_session_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.person(id) ON DELETE CASCADE;


--
-- Name: role role_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.role
    ADD CONSTRAINT role_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);


--
-- Name: usage_day usage_day_account_id_key_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.usage_day
    ADD CONSTRAINT usage_day_account_id_key_id_fkey FOREIGN KEY (account_id, key_id) REFERENCES public.api_key(account_id, id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--


